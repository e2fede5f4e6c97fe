import type { Scope } from './access.ts';

const THINGS: Record<string, string> = { questions: 'questions and answers' };

/** What a scope permits, in words. */
export function describeScope(scope: Scope): string {
  const [thing = '', act] = scope.split(':');
  return `${act === 'read' ? 'See' : 'Change'} ${THINGS[thing] ?? thing}`;
}
