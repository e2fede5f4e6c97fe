/**
 * HalfSipHash-2-4 with 64 bits of output: a keyed hash for short inputs, so that what must not be kept
 * in clear can be told apart, by this isolate and while it lives. Synchronous, as Web Crypto is not.
 */

const INITIAL = [0, 0, 0x6c796765, 0x74656462] as const;
/** Keeps the 64-bit form apart from the 32-bit one. */
const LONG = 0xee;
const LONGER = 0xdd;

type State = [number, number, number, number];

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));

function mix(state: State, rounds: number): void {
  let [v0, v1, v2, v3] = state;
  for (let round = 0; round < rounds; round++) {
    v0 = (v0 + v1) | 0;
    v1 = rotated(v1, 5) ^ v0;
    v0 = rotated(v0, 16);
    v2 = (v2 + v3) | 0;
    v3 = rotated(v3, 8) ^ v2;
    v0 = (v0 + v3) | 0;
    v3 = rotated(v3, 7) ^ v0;
    v2 = (v2 + v1) | 0;
    v1 = rotated(v1, 13) ^ v2;
    v2 = rotated(v2, 16);
  }
  state[0] = v0;
  state[1] = v1;
  state[2] = v2;
  state[3] = v3;
}

/** @returns the two halves, the one that comes first on the wire first. */
export function halfSipHash(key: readonly [number, number], bytes: Uint8Array): [number, number] {
  const [k0, k1] = key;
  const state: State = [k0, k1 ^ LONG, INITIAL[2] ^ k0, INITIAL[3] ^ k1];
  const absorb = (word: number) => {
    state[3] ^= word;
    mix(state, 2);
    state[0] ^= word;
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wholeBytes = bytes.length - (bytes.length % 4);
  for (let at = 0; at < wholeBytes; at += 4) absorb(view.getInt32(at, true));
  let last = bytes.length << 24;
  for (let at = wholeBytes; at < bytes.length; at++) {
    last |= (bytes[at] ?? 0) << (8 * (at - wholeBytes));
  }
  absorb(last);
  state[2] ^= LONG;
  mix(state, 4);
  const first = (state[1] ^ state[3]) >>> 0;
  state[1] ^= LONGER;
  mix(state, 4);
  return [first, (state[1] ^ state[3]) >>> 0];
}

/** Hashes texts under a key that is chosen at random and never leaves; 53 bits of it, as a number. */
export function createKeyedHash(): (text: string) => number {
  const [k0 = 0, k1 = 0] = crypto.getRandomValues(new Int32Array(2));
  const encoder = new TextEncoder();
  return (text) => {
    const [first, second] = halfSipHash([k0, k1], encoder.encode(text));
    return (first & 0x1fffff) * 2 ** 32 + second;
  };
}
