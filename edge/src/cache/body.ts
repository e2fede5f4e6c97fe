/** Reads a body whole, so that nothing cut short is ever stored, within bounds of size and silence. */
import { LATE, within } from './within.ts';

/** The origin fell silent in the middle of a body. */
export class BodyStalled extends Error {
  override readonly name = 'BodyStalled';
}

/** Either all of it, or, when there is more than the limit, a stream that still has all of it. */
export type WholeBody = { whole: ArrayBuffer } | { stream: ReadableStream<Uint8Array> };

/** The bodies of answers that were taken in whole before the cache saw them. */
const takenIn = new WeakMap<Response, ArrayBuffer>();

/** Says that an answer's body is all here: its own stream is used up, and a copy would cost more than the rest. */
export function withWholeBody(response: Response, body: ArrayBuffer): Response {
  takenIn.set(response, body);
  return response;
}

/** The body of an answer, where that is all there. */
export const wholeBodyOf = (response: Response): ArrayBuffer | undefined => takenIn.get(response);

/** What a copy of an answer takes as its body. */
export function bodyOf(response: Response): ArrayBuffer | ReadableStream | null {
  const whole = takenIn.get(response);
  if (!whole) return response.body;
  return whole.byteLength > 0 ? whole : null;
}

/** @throws {BodyStalled} or whatever the stream fails with. */
export async function readWhole(
  body: ReadableStream<Uint8Array> | null,
  limitBytes: number,
  chunkWaitMs: number,
): Promise<WholeBody> {
  if (!body) return { whole: new ArrayBuffer(0) };
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  while (length <= limitBytes) {
    const read = await next(reader, chunkWaitMs);
    if (read.done) return { whole: joined(chunks, length) };
    chunks.push(read.value);
    length += read.value.byteLength;
  }
  return { stream: resumed(chunks, reader, chunkWaitMs) };
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** @throws {BodyStalled} and gives up the rest */
async function next(reader: Reader, waitMs: number): Promise<ReadableStreamReadResult<Uint8Array>> {
  const read = await within(reader.read(), waitMs);
  if (read !== LATE) return read;
  reader.cancel().catch(() => undefined);
  throw new BodyStalled(`no byte for ${waitMs} ms`);
}

function joined(chunks: readonly Uint8Array[], length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes.buffer;
}

/** What was read already, then the rest. */
function resumed(
  chunks: Uint8Array[],
  reader: Reader,
  chunkWaitMs: number,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = chunks.shift() ?? (await next(reader, chunkWaitMs)).value;
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
