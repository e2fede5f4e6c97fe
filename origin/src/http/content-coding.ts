/**
 * Compresses answers as the client can read them. Edges ask rarely and keep what they get for long,
 * so brotli works at its hardest: a hit then costs the fewest bytes.
 */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { LRUCache } from 'lru-cache';

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Below this a compressed answer is no smaller on the wire. */
const MIN_BYTES = 256;
/** Above this the highest level takes longer than it saves. */
const HARDEST_MAX_BYTES = 64 * 1024;

/** What compressed bodies may take in this process. */
const KNOWN_MAX_BYTES = 32 * 1024 * 1024;

export type ContentCoding = 'br' | 'gzip' | 'identity';

/** The best coding that `Accept-Encoding` allows (RFC 9110 §12.5.3); without one, none. */
export function chooseCoding(acceptEncoding: string | undefined): ContentCoding {
  const accepted = new Map(
    (acceptEncoding ?? '').split(',').map((part) => {
      const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [coding, weight === undefined ? 1 : Number(weight)] as const;
    }),
  );
  const isAccepted = (coding: string) => (accepted.get(coding) ?? accepted.get('*') ?? 0) > 0;
  if (isAccepted('br')) return 'br';
  return isAccepted('gzip') ? 'gzip' : 'identity';
}

interface Encoded {
  coding: ContentCoding;
  bytes: Buffer<ArrayBuffer>;
}

/** By what the body says, so that one is never taken for another. */
const known = new LRUCache<string, Encoded>({
  maxSize: KNOWN_MAX_BYTES,
  sizeCalculation: ({ bytes }, key) => bytes.length + 2 * key.length,
});

/**
 * Compresses a body, or finds it compressed: the same answer is asked for by every edge.
 * @param digest of the body, strong enough to stand for it
 */
export async function encodeOnce(
  digest: string,
  body: Buffer<ArrayBuffer>,
  wanted: ContentCoding,
): Promise<Encoded> {
  const key = `${wanted} ${digest}`;
  const found = known.get(key);
  if (found) return found;
  const encoded = await encodeBody(body, wanted);
  known.set(key, encoded);
  return encoded;
}

/** Compresses off the event loop. Small bodies stay as they are: the answer says which it was. */
export async function encodeBody(
  body: Buffer<ArrayBuffer>,
  wanted: ContentCoding,
): Promise<Encoded> {
  if (wanted === 'identity' || body.length < MIN_BYTES) return { coding: 'identity', bytes: body };
  if (wanted === 'gzip') return { coding: 'gzip', bytes: await deflate(body, { level: 9 }) };
  const quality = body.length <= HARDEST_MAX_BYTES ? 11 : 6;
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  return { coding: 'br', bytes: await brotli(body, { params }) };
}
