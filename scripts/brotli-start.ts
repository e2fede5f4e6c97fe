/** The start of a brotli stream that others may go on with. */
import { constants, createBrotliCompress } from 'node:zlib';

/**
 * Compresses a text as well as brotli can and ends on a whole byte, without ending the stream: any
 * further meta-block may follow (RFC 7932 §2).
 */
export async function brotliStart(text: string): Promise<Buffer> {
  const bytes = Buffer.from(text);
  const encoder = createBrotliCompress({
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });
  const chunks: Buffer[] = [];
  encoder.on('data', (chunk: Buffer) => chunks.push(chunk));
  encoder.write(bytes);
  await new Promise<void>((done) => {
    encoder.flush(constants.BROTLI_OPERATION_FLUSH, done);
  });
  encoder.destroy();
  return Buffer.concat(chunks);
}
