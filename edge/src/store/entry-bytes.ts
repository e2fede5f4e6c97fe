/**
 * Entries as bytes, for stores outside the isolate: the length of the head, the head as JSON, then
 * the bodies one after another.
 */
import type { Entry } from './store.ts';

/** Changes whenever entries written before could no longer be read. */
const FORMAT = 1;
const LENGTH_BYTES = 4;

type Head = { format: number; entries: (Omit<Entry, 'body'> & { bytes: number })[] };

export function toBytes(entries: readonly Entry[]): ArrayBuffer {
  const head: Head = {
    format: FORMAT,
    entries: entries.map(({ body, ...rest }) => ({ ...rest, bytes: body.byteLength })),
  };
  const headBytes = new TextEncoder().encode(JSON.stringify(head));
  const bodyLength = entries.reduce((sum, { body }) => sum + body.byteLength, 0);
  const bytes = new Uint8Array(LENGTH_BYTES + headBytes.length + bodyLength);
  new DataView(bytes.buffer).setUint32(0, headBytes.length);
  bytes.set(headBytes, LENGTH_BYTES);
  let offset = LENGTH_BYTES + headBytes.length;
  for (const { body } of entries) {
    bytes.set(new Uint8Array(body), offset);
    offset += body.byteLength;
  }
  return bytes.buffer;
}

/** What cannot be read, or was written in another format, is nothing: the origin will be asked. */
export function fromBytes(bytes: ArrayBuffer): readonly Entry[] {
  try {
    const headLength = new DataView(bytes).getUint32(0);
    const headBytes = new Uint8Array(bytes, LENGTH_BYTES, headLength);
    const { format, entries } = JSON.parse(new TextDecoder().decode(headBytes)) as Head;
    if (format !== FORMAT) return [];
    let offset = LENGTH_BYTES + headLength;
    return entries.map(({ bytes: length, ...rest }) => {
      const body = bytes.slice(offset, offset + length);
      offset += length;
      return { ...rest, body };
    });
  } catch {
    return [];
  }
}
