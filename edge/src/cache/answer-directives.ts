import { parseDirectives, type Directives } from './directives.ts';
import { parseTargeted } from './targeted.ts';

/** What an answer says about being cached, and whether a targeted field said it. */
export interface AnswerDirectives {
  readonly directives: Directives;
  /** RFC 9213 §2.1: then `Cache-Control` and `Expires` say nothing to us. */
  readonly targeted: boolean;
}

/** Reads the first targeted field that is valid, else `Cache-Control`. */
export function answerDirectives(
  fields: Readonly<Record<string, string>>,
  targetedFields: readonly string[],
): AnswerDirectives {
  for (const name of targetedFields) {
    const directives = parseTargeted(fields[name]);
    if (directives) return { directives, targeted: true };
  }
  return { directives: parseDirectives(fields['cache-control']), targeted: false };
}
