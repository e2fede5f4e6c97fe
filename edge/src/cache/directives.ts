/**
 * Reads `Cache-Control` (RFC 9111 §5.2) the way it is really written: any case, quoted arguments,
 * commas inside quotes, repeated and malformed directives.
 */

/** Directive names in lower case with their arguments; `true` where there is none. */
export type Directives = ReadonlyMap<string, string | true>;

/** RFC 9111 §1.2.2: what is larger than a cache can represent counts as this. */
const SECONDS_MAX = 2 ** 31;

/** token, then optionally `=` and a token or a quoted string; anything up to the next comma is skipped. */
const DIRECTIVE =
  /\s*([^\s,;="]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^,"]*)))?[^,"]*(?:"(?:[^"\\]|\\.)*"[^,"]*)*(?:,|$)/g;

/** Reads a `Cache-Control` value. A repeated directive keeps its first argument (RFC 9111 §4.2.1). */
export function parseDirectives(value: string | undefined): Directives {
  const directives = new Map<string, string | true>();
  if (value === undefined) return directives;
  for (const [, name = '', quoted, plain] of value.matchAll(DIRECTIVE)) {
    const key = name.toLowerCase();
    if (!directives.has(key)) directives.set(key, quoted ?? plain?.trim() ?? true);
  }
  return directives;
}

/**
 * The seconds a directive names; `undefined` where it is absent. What is there but not a whole
 * number is 0: a cache that cannot read a lifetime had better ask (RFC 9111 §4.2.1).
 */
export function secondsOf(directives: Directives, name: string): number | undefined {
  const argument = directives.get(name);
  if (argument === undefined) return undefined;
  if (argument === true || !/^\d+$/.test(argument)) return 0;
  return Math.min(Number(argument), SECONDS_MAX);
}
