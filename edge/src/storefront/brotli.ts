/**
 * Goes on with a brotli stream that was compressed beforehand. A Worker has no brotli of its own, and
 * none of the others could go on where this one's has stopped: what differs from shop to shop and from
 * product to product follows in one more meta-block (RFC 7932 §9.2), with one code of each kind.
 */
import { BitWriter } from './brotli/bits.ts';
import {
  COMMAND_SYMBOLS,
  COPY_MIN,
  DISTANCE_SYMBOLS,
  SAME_DISTANCE,
  SAYS_DISTANCE,
  toCommand,
  toCopy,
  toDistance,
  toInsert,
  type Coded,
} from './brotli/commands.ts';
import { findCopies, type Command } from './brotli/find-copies.ts';
import { toPrefixCode, writePrefixCode, type PrefixCode } from './brotli/prefix-code.ts';

/** What four nibbles can say, in bytes. */
export const REST_MAX_BYTES = 2 ** 16;
/** Within every window from 64 KB on. */
const DISTANCE_MAX = 2 ** 16 - 16;
/** The bytes that streams come in, as `write` has them. */
const BYTE_SYMBOLS = 256;

interface Word extends Pick<Command, 'at' | 'insert'> {
  readonly command: number;
  readonly lengths: readonly [insert: Coded, copy: Coded];
  readonly distance: Coded | undefined;
}

/**
 * What follows on the stream of a text, up to the stream's end.
 * @param start The text whose stream ends on a whole byte, none of its meta-blocks the last; up to 60,000 bytes.
 * @param rest Between 1 and 65,536 bytes.
 */
export function compressRest(start: Uint8Array, rest: Uint8Array): Uint8Array {
  // Nothing further back than the window may be copied.
  const known = start.subarray(Math.max(0, start.length + rest.length - DISTANCE_MAX));
  const text = new Uint8Array(known.length + rest.length);
  text.set(known);
  text.set(rest, known.length);
  const words = toWords(findCopies(text, known.length));
  const bytes = toCode(
    BYTE_SYMBOLS,
    words.flatMap(({ at, insert }) => [...text.subarray(at, at + insert)]),
  );
  const commands = toCode(
    COMMAND_SYMBOLS,
    words.map(({ command }) => command),
  );
  const distances = toCode(
    DISTANCE_SYMBOLS,
    words.flatMap(({ distance }) => distance?.code ?? []),
  );

  const out = new BitWriter();
  writeHeader(out, rest.length);
  for (const code of [bytes, commands, distances]) writePrefixCode(out, code);
  for (const { at, insert, command, lengths, distance } of words) {
    writeSymbol(out, commands, command);
    for (const { extra, extraBits } of lengths) out.write(extra, extraBits);
    for (const byte of text.subarray(at, at + insert)) writeSymbol(out, bytes, byte);
    if (!distance) continue;
    writeSymbol(out, distances, distance.code);
    out.write(distance.extra, distance.extraBits);
  }
  // An empty meta-block, the last.
  out.write(0b11, 2);
  return out.toBytes();
}

function writeHeader(out: BitWriter, length: number): void {
  // Not the last, and its length has four nibbles.
  out.write(0b000, 3);
  out.write(length - 1, 16);
  // Compressed; of bytes, commands and distances one type each.
  out.write(0b0000, 4);
  // Distances without direct codes and postfix; bytes whose code no context chooses.
  out.write(0, 2 + 4 + 2);
  // One code for bytes, one for distances.
  out.write(0b00, 2);
}

function toWords(commands: readonly Command[]): Word[] {
  let lastDistance = 0;
  return commands.map(({ at, insert, copy, distance }) => {
    const lengths = [toInsert(insert), toCopy(Math.max(copy, COPY_MIN))] as const;
    const isSame = copy > 0 && distance === lastDistance;
    lastDistance = distance;
    const command = toCommand(lengths[0].code, lengths[1].code, isSame);
    const isSaid = copy > 0 && command >= SAYS_DISTANCE;
    const said = isSame ? { code: SAME_DISTANCE, extra: 0, extraBits: 0 } : toDistance(distance);
    return { at, insert, command, lengths, distance: isSaid ? said : undefined };
  });
}

function toCode(symbols: number, occurring: readonly number[]): PrefixCode {
  const counts = new Uint32Array(symbols);
  for (const symbol of occurring) counts[symbol] = (counts[symbol] ?? 0) + 1;
  // Of fewer than two, codes would be described in another way.
  for (const symbol of [0, 1]) counts[symbol] ||= counts.filter(Boolean).length < 2 ? 1 : 0;
  return toPrefixCode(counts);
}

function writeSymbol(out: BitWriter, { codes, lengths }: PrefixCode, symbol: number): void {
  out.write(codes[symbol] ?? 0, lengths[symbol] ?? 0);
}
