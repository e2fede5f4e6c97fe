/**
 * Reads `Cache-Control` (RFC 9111 §5.2) the way it is really written: any case, quoted arguments,
 * commas inside quotes, repeated and malformed directives.
 */

/** Directive names in lower case with their arguments; `true` where there is none. */
export type Directives = ReadonlyMap<string, string | true>;

/** RFC 9111 §1.2.2: what is larger than a cache can represent counts as this. */
const SECONDS_MAX = 2 ** 31;

/** What a value is made of. Every character belongs to one piece, so that reading takes linear time. */
const PIECE = /"(?:[^"\\]|\\.)*"|[^",]+|[",]/g;
/** The same once a quote was opened that nothing closes: looking for its end again finds none. */
const PIECE_WITHOUT_QUOTES = /[^",]+|[",]/g;
const NAME = /[^\s;=]+/;

/** Reads a `Cache-Control` value. A repeated directive keeps its first argument (RFC 9111 §4.2.1). */
export function parseDirectives(value: string | undefined): Directives {
  const directives = new Map<string, string | true>();
  for (const member of membersOf(value ?? '')) {
    const [name, argument] = readMember(member) ?? [];
    const key = name?.toLowerCase();
    if (key !== undefined && !directives.has(key)) directives.set(key, argument ?? true);
  }
  return directives;
}

/** The pieces between commas that stand in no quotes. A quote that is never closed voids what it stands in. */
function* membersOf(value: string): Generator<string[]> {
  let member: string[] = [];
  let piece = PIECE;
  let at = 0;
  while (at < value.length) {
    piece.lastIndex = at;
    const [text = ''] = piece.exec(value) ?? [];
    at = piece.lastIndex;
    if (text === ',') {
      yield member;
      member = [];
    } else if (text === '"') {
      member = [];
      piece = PIECE_WITHOUT_QUOTES;
    } else member.push(text);
  }
  yield member;
}

/** Token, then optionally `=` and a token or a quoted string; anything after that is skipped. */
function readMember(
  member: readonly string[],
): [name: string, argument: string | true] | undefined {
  for (const [index, text] of member.entries()) {
    const found = text.startsWith('"') ? null : NAME.exec(text);
    if (!found) continue;
    const [name] = found;
    const rest = text.slice(found.index + name.length).trimStart();
    if (!rest.startsWith('=')) return [name, true];
    const plain = rest.slice(1).trim();
    const quoted = member[index + 1];
    return [name, plain === '' && quoted !== undefined ? quoted.slice(1, -1) : plain];
  }
  return undefined;
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
