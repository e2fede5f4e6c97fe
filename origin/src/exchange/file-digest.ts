import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';

/**
 * A digest of a file's bytes and of how they are read.
 * @throws when the file cannot be read
 */
export async function fileDigest(path: string, reading: object): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify(reading));
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('base64url');
}
