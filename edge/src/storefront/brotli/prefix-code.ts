/** Prefix codes as brotli's streams describe them (RFC 7932 §3). */
import type { BitWriter } from './bits.ts';

/** Symbols that occur often are written in few bits. */
export interface PrefixCode {
  /** In bits, by symbol; 0 where the symbol does not occur. */
  readonly lengths: Uint8Array;
  /** By symbol, the first bit lowest. */
  readonly codes: Uint16Array;
}

const LENGTH_MAX = 15;

/** @param counts How often each symbol occurs, by symbol. */
export function toPrefixCode(counts: Uint32Array, lengthMax = LENGTH_MAX): PrefixCode {
  const lengths = toLengths(counts, lengthMax);
  const codes = new Uint16Array(counts.length);
  let code = 0;
  for (let length = 1; length <= lengthMax; length++) {
    for (const [symbol, its] of lengths.entries()) {
      if (its === length) codes[symbol] = reversed(code++, length);
    }
    code <<= 1;
  }
  return { lengths, codes };
}

interface Tree {
  count: number;
  symbols: number[];
}

/** Huffman's algorithm, again with rare symbols counted more often until no code is too long. */
function toLengths(counts: Uint32Array, lengthMax: number): Uint8Array {
  for (let countMin = 1; ; countMin *= 2) {
    const lengths = new Uint8Array(counts.length);
    const trees: Tree[] = [...counts.entries()]
      .filter(([, count]) => count > 0)
      .map(([symbol, count]) => ({ count: Math.max(count, countMin), symbols: [symbol] }))
      .toSorted((a, b) => a.count - b.count);
    const joined: Tree[] = [];
    const takeRarest = (): Tree | undefined => {
      const [single] = trees;
      const [pair] = joined;
      return single && (!pair || single.count <= pair.count) ? trees.shift() : joined.shift();
    };
    for (let left = trees.length - 1; left > 0; left--) {
      const [a, b] = [takeRarest(), takeRarest()];
      if (!a || !b) break;
      const symbols = [...a.symbols, ...b.symbols];
      for (const symbol of symbols) lengths[symbol] = (lengths[symbol] ?? 0) + 1;
      joined.push({ count: a.count + b.count, symbols });
    }
    if (Math.max(...lengths) <= lengthMax) return lengths;
  }
}

function reversed(code: number, length: number): number {
  let bits = 0;
  for (let at = 0; at < length; at++) bits |= ((code >> at) & 1) << (length - 1 - at);
  return bits;
}

/** In the order in which their lengths are told. */
const LENGTH_SYMBOLS = [1, 2, 3, 4, 0, 5, 17, 6, 16, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;
/** How the lengths of these codes are written: the bits and how many, by length. */
const LENGTH_BITS = [
  [0, 2],
  [7, 4],
  [3, 3],
  [2, 2],
  [1, 2],
  [15, 4],
] as const;
const LENGTH_LENGTH_MAX = 5;
const REPEAT_LAST = 16;
const REPEAT_ZERO = 17;
/** The length that counts as the last one before the first. */
const FIRST_LENGTH = 8;

/** A length, or a repetition with the bits that say how often. */
type Told = [symbol: number, extra: number];

/** Describes a code of at least two symbols. */
export function writePrefixCode(out: BitWriter, { lengths }: PrefixCode): void {
  const told = toTold(lengths);
  const counts = new Uint32Array(LENGTH_SYMBOLS.length);
  for (const [symbol] of told) counts[symbol] = (counts[symbol] ?? 0) + 1;
  const code = toPrefixCode(counts, LENGTH_LENGTH_MAX);
  // One that is alone takes no bits; any length says so, where no other has one.
  const isAlone = code.lengths.every((length) => length === 0);
  writeLengthCode(
    out,
    isAlone ? Uint8Array.from(counts, (count) => (count > 0 ? 1 : 0)) : code.lengths,
  );
  for (const [symbol, extra] of told) {
    out.write(code.codes[symbol] ?? 0, code.lengths[symbol] ?? 0);
    if (symbol === REPEAT_LAST) out.write(extra, 2);
    if (symbol === REPEAT_ZERO) out.write(extra, 3);
  }
}

/** Describes the code that lengths are told in. */
function writeLengthCode(out: BitWriter, lengths: Uint8Array): void {
  const used = LENGTH_SYMBOLS.filter((symbol) => lengths[symbol]);
  // None is left out at the beginning.
  out.write(0, 2);
  // Those behind the last one are told only where it is alone.
  const end =
    used.length > 1
      ? LENGTH_SYMBOLS.findLastIndex((symbol) => lengths[symbol]) + 1
      : LENGTH_SYMBOLS.length;
  for (const symbol of LENGTH_SYMBOLS.slice(0, end)) {
    const [bits, count] = LENGTH_BITS[lengths[symbol] ?? 0] ?? LENGTH_BITS[0];
    out.write(bits, count);
  }
}

function toTold(lengths: Uint8Array): Told[] {
  const told: Told[] = [];
  const end = lengths.findLastIndex((length) => length > 0) + 1;
  let last = FIRST_LENGTH;
  for (let at = 0; at < end;) {
    const length = lengths[at] ?? 0;
    let next = at;
    while (next < end && lengths[next] === length) next++;
    let times = next - at;
    at = next;
    if (length > 0 && length !== last) {
      told.push([length, 0]);
      last = length;
      times--;
    }
    if (times < 3) for (; times > 0; times--) told.push([length, 0]);
    else if (length === 0) told.push(...toRepetitions(REPEAT_ZERO, 3, times));
    else told.push(...toRepetitions(REPEAT_LAST, 2, times));
  }
  return told;
}

/** Of the same repetition one after the other, each multiplies what those before it say. */
function toRepetitions(symbol: number, extraBits: number, times: number): Told[] {
  const told: Told[] = [];
  for (let left = times - 3; ; left = (left >> extraBits) - 1) {
    told.unshift([symbol, left & ((1 << extraBits) - 1)]);
    if (left >> extraBits === 0) return told;
  }
}
