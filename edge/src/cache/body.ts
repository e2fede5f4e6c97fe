/** Reads a body whole, so that nothing cut short is ever stored, within bounds of size and silence. */
import { LATE, within } from './within.ts';

/** The origin fell silent in the middle of a body. */
export class BodyStalled extends Error {
  override readonly name = 'BodyStalled';
}

/** Either all of it, or, when there is more than the limit, a stream that still has all of it. */
export type WholeBody = { whole: ArrayBuffer } | { stream: ReadableStream<Uint8Array> };

/** The bodies of answers that were taken in whole before the cache saw them. */
const arrived = new WeakMap<Response, ArrayBuffer>();

/** An answer whose body is all there: the cache need not read it as a stream again. */
export function wholeResponse(body: ArrayBuffer, init: ResponseInit): Response {
  const response = new Response(body.byteLength ? body : null, { ...init, encodeBody: 'manual' });
  arrived.set(response, body);
  return response;
}

/** The body of an answer, where that is all there. */
export const wholeBodyOf = (response: Response): ArrayBuffer | undefined => arrived.get(response);

/** Bodies that say they are no longer than this are read in one piece, in bytes: most answers of an API. */
const SHORT_BYTES = 64 * 1024;

export const isShort = ({ headers }: Response): boolean =>
  Number(headers.get('content-length') ?? Number.NaN) <= SHORT_BYTES;

/**
 * Reads a short body in one piece, which costs the isolate far less than a stream. What is so short comes within
 * one silence or is not coming.
 * @throws {BodyStalled} or whatever the body fails with, also when less comes than it said.
 */
export async function readShort(response: Response, waitMs: number): Promise<WholeBody> {
  const whole = await within(response.arrayBuffer(), waitMs);
  if (whole === LATE) throw new BodyStalled(`not there after ${waitMs} ms`);
  return { whole };
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
    const read = await within(reader.read(), chunkWaitMs);
    if (read === LATE) {
      reader.cancel().catch(() => undefined);
      throw new BodyStalled(`no byte for ${chunkWaitMs} ms`);
    }
    if (read.done) return { whole: joined(chunks, length) };
    chunks.push(read.value);
    length += read.value.byteLength;
  }
  return { stream: resumed(chunks, reader) };
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
  reader: ReadableStreamDefaultReader<Uint8Array>,
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const chunk = chunks.shift() ?? (await reader.read()).value;
      if (chunk) controller.enqueue(chunk);
      else controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  });
}
