/** Commands: so many bytes as they are, then so many from further back (RFC 7932 §5). */

/** What a number is written as: a symbol's share, and further bits. */
export interface Coded {
  readonly code: number;
  readonly extra: number;
  readonly extraBits: number;
}

/** The further bits of each code, whose numbers follow on those of the code before. */
const INSERT_BITS = [0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 12, 14, 24];
const COPY_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 24];
export const COPY_MIN = 2;

function toOffsets(first: number, bits: readonly number[]): number[] {
  let next = first;
  return bits.map((count) => (next += 2 ** count) - 2 ** count);
}
const INSERT_OFFSETS = toOffsets(0, INSERT_BITS);
const COPY_OFFSETS = toOffsets(COPY_MIN, COPY_BITS);

function toCoded(value: number, offsets: readonly number[], bits: readonly number[]): Coded {
  const code = offsets.findLastIndex((offset) => offset <= value);
  return { code, extra: value - (offsets[code] ?? 0), extraBits: bits[code] ?? 0 };
}

export const toInsert = (length: number): Coded => toCoded(length, INSERT_OFFSETS, INSERT_BITS);
export const toCopy = (length: number): Coded => toCoded(length, COPY_OFFSETS, COPY_BITS);

/** Where the symbols begin that join these eighths of the insert codes with those of the copy codes. */
const CELLS = [
  [128, 192, 384],
  [256, 320, 512],
  [448, 576, 640],
];
export const COMMAND_SYMBOLS = 704;

/** @param isSameDistance The distance is the last one, and no further word is said of it, where that can be. */
export function toCommand(insert: number, copy: number, isSameDistance: boolean): number {
  const low = ((insert & 7) << 3) | (copy & 7);
  if (isSameDistance && insert < 8 && copy < 16) return low | ((copy & 8) << 3);
  return (CELLS[insert >> 3]?.[copy >> 3] ?? 0) | low;
}

/** Commands below this one say that the distance is the last one. */
export const SAYS_DISTANCE = 128;

export const DISTANCE_SYMBOLS = 64;
export const SAME_DISTANCE = 0;
const FIRST_DISTANCE = 16;

export function toDistance(distance: number): Coded {
  const value = distance + 3;
  const extraBits = 30 - Math.clz32(value);
  const code = FIRST_DISTANCE + 2 * (extraBits - 1) + ((value >> extraBits) & 1);
  return { code, extra: value & ((1 << extraBits) - 1), extraBits };
}
