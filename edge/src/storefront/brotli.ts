/**
 * Goes on with a brotli stream that was compressed beforehand. A Worker has no brotli of its own, and
 * needs none for the few bytes that differ from shop to shop: they follow as they are (RFC 7932 §9.2).
 */

/** `ISLAST` and `ISLASTEMPTY`: the stream ends here. */
const END = 0b11;
/** What four nibbles can say. */
const BLOCK_MAX_BYTES = 2 ** 16;
const HEADER_BYTES = 3;
/** `ISUNCOMPRESSED`, behind `ISLAST`, `MNIBBLES` and the 16 bits of the length. */
const UNCOMPRESSED = 1 << 19;

/** @param start Whole meta-blocks, ending on a whole byte, none of them the last. */
export function appendUncompressed(start: Uint8Array, rest: Uint8Array): ArrayBuffer {
  const blocks = Math.ceil(rest.length / BLOCK_MAX_BYTES);
  const bytes = new Uint8Array(start.length + rest.length + blocks * HEADER_BYTES + 1);
  bytes.set(start);
  let at = start.length;
  for (let from = 0; from < rest.length; from += BLOCK_MAX_BYTES) {
    const block = rest.subarray(from, from + BLOCK_MAX_BYTES);
    const header = UNCOMPRESSED | ((block.length - 1) << 3);
    bytes.set([header & 255, (header >> 8) & 255, header >> 16], at);
    bytes.set(block, at + HEADER_BYTES);
    at += HEADER_BYTES + block.length;
  }
  bytes[at] = END;
  return bytes.buffer;
}
