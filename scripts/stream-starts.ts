/** The starts of compressed streams that others may go on with. */
import {
  constants,
  createBrotliCompress,
  createGzip,
  type BrotliCompress,
  type Gzip,
} from 'node:zlib';

/**
 * Compresses a text as well as brotli can and ends on a whole byte, without ending the stream: any
 * further meta-block may follow (RFC 7932 §2).
 */
export function brotliStart(text: string): Promise<Buffer> {
  const bytes = Buffer.from(text);
  const encoder = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  return flushed(encoder, bytes, constants.BROTLI_OPERATION_FLUSH);
}

/** The same of a gzip stream: any further block may follow (RFC 1951 §3.2.3). */
export function gzipStart(text: string): Promise<Buffer> {
  const encoder = createGzip({ level: constants.Z_BEST_COMPRESSION });
  return flushed(encoder, Buffer.from(text), constants.Z_SYNC_FLUSH);
}

async function flushed(
  encoder: BrotliCompress | Gzip,
  bytes: Buffer,
  operation: number,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  encoder.on('data', (chunk: Buffer) => chunks.push(chunk));
  encoder.write(bytes);
  await new Promise<void>((done) => {
    encoder.flush(operation, done);
  });
  encoder.destroy();
  return Buffer.concat(chunks);
}
