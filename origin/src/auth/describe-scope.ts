import type { Scope } from './access.ts';

const THINGS: Record<string, string> = {
  questions: 'questions and answers',
  persons: 'who people are: e-mail addresses, and all that is kept of a person',
  audit: 'what was done, and by whom',
};

/** What a scope permits, in words. */
export function describeScope(scope: Scope): string {
  const [thing = '', act] = scope.split(':');
  return `${act === 'read' ? 'See' : 'Change'} ${THINGS[thing] ?? thing}`;
}
