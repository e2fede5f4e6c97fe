/** Goes on with a gzip stream that was compressed beforehand, up to its end (RFC 1952 §2.3). */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb8_8320 : sum >>> 1;
  return sum;
});

/** CRC-32 of these bytes behind others, whose own it is given. */
export function checksum(bytes: Uint8Array, before = 0): number {
  let sum = ~before;
  for (const byte of bytes) sum = (sum >>> 8) ^ (TABLE[(sum ^ byte) & 255] ?? 0);
  return ~sum >>> 0;
}

/**
 * @param rest What follows on a text whose stream ends on a whole byte, in a block that is not the last.
 * @param sum The checksum of both.
 * @param length Of both, in bytes.
 */
export async function endGzip(rest: Uint8Array, sum: number, length: number): Promise<Uint8Array> {
  const compressed = new Blob([new Uint8Array(rest)])
    .stream()
    .pipeThrough(new CompressionStream('deflate-raw'));
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, sum, true);
  trailer.setUint32(4, length, true);
  const parts = [await new Response(compressed).arrayBuffer(), trailer.buffer];
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
