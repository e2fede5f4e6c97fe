/**
 * The envelope of a backup: a line that says what it is, then chunks sealed with AES-256-GCM. Each is
 * bound to its place, to whether it is the last, and to the first line, so that a file that was cut
 * off, put together anew or changed by a bit is refused, and nothing of a chunk is used unchecked.
 *
 * ```
 * PLAUDIT-BACKUP {"format":1,…}\n
 * ( 1 byte: 1 for the last, 0 · 4 bytes: length n · n bytes sealed · 16 bytes tag )*
 * ```
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { z } from 'zod';
import { BackupError } from './backup-error.ts';
import { fileKeyOf, keyIdOf } from './backup-key.ts';

const MAGIC = 'PLAUDIT-BACKUP ';
const CIPHER = 'aes-256-gcm';
const CHUNK_BYTES = 64 * 1024;
const FRAME_BYTES = 5;
const TAG_BYTES = 16;
const HEADER_LIMIT_BYTES = 4096;

const headerShape = z.object({
  format: z.literal(1),
  createdAt: z.iso.datetime(),
  /** The last migration of the database it is of. */
  migration: z.number().int(),
  keyId: z.string(),
  salt: z.string(),
});

/** What anybody may know of a backup. */
export type BackupHeader = z.infer<typeof headerShape>;

/** Makes the header of a new backup. */
export const newHeader = (
  key: Buffer,
  about: { createdAt: Date; migration: number },
): BackupHeader => ({
  format: 1,
  createdAt: about.createdAt.toISOString(),
  migration: about.migration,
  keyId: keyIdOf(key),
  salt: randomBytes(32).toString('base64'),
});

/** Seals what comes, whatever the sizes it comes in. */
export async function* seal(
  source: AsyncIterable<Buffer>,
  key: Buffer,
  header: BackupHeader,
): AsyncGenerator<Buffer> {
  const line = Buffer.from(`${MAGIC}${JSON.stringify(header)}\n`);
  const fileKey = fileKeyOf(key, header.salt);
  yield line;
  let number = 0;
  let waiting: Buffer = Buffer.alloc(0);
  for await (const bytes of source) {
    waiting = Buffer.concat([waiting, bytes]);
    let start = 0;
    // A full chunk waits for the next byte: it may be the last.
    for (; waiting.length - start > CHUNK_BYTES; start += CHUNK_BYTES) {
      yield sealChunk(waiting.subarray(start, start + CHUNK_BYTES), false);
    }
    waiting = waiting.subarray(start);
  }
  yield sealChunk(waiting, true);

  function sealChunk(chunk: Buffer, isLast: boolean): Buffer {
    const cipher = createCipheriv(CIPHER, fileKey, nonceOf(number));
    cipher.setAAD(placeOf(line, number, isLast));
    number += 1;
    const frame = Buffer.alloc(FRAME_BYTES);
    frame.writeUInt8(isLast ? 1 : 0);
    frame.writeUInt32BE(chunk.length, 1);
    return Buffer.concat([frame, cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  }
}

/**
 * Opens what was sealed.
 * @throws BackupError when it is not whole, was changed, or is sealed with another key
 */
export async function* unseal(source: AsyncIterable<Buffer>, key: Buffer): AsyncGenerator<Buffer> {
  const take = takeFrom(source);
  const line = await takeLine(take);
  const { salt, keyId } = parseHeader(line);
  checkKey(key, keyId);
  const fileKey = fileKeyOf(key, salt);
  for (let number = 0, isLast = false; !isLast; number++) {
    const frame = await take(FRAME_BYTES);
    const length = frame.readUInt32BE(1);
    if (length > CHUNK_BYTES) throw damaged();
    isLast = frame.readUInt8() === 1;
    const sealed = await take(length + TAG_BYTES);
    const decipher = createDecipheriv(CIPHER, fileKey, nonceOf(number), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(placeOf(line, number, isLast));
    decipher.setAuthTag(sealed.subarray(length));
    const chunk = decipher.update(sealed.subarray(0, length));
    try {
      decipher.final();
    } catch {
      throw damaged();
    }
    yield chunk;
  }
  if (await take.hasMore()) throw damaged();
}

/**
 * Reads what a file says of itself; only reading all of it tells whether that is true.
 * @throws BackupError when it is no backup
 */
export async function readHeader(path: string): Promise<BackupHeader> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEADER_LIMIT_BYTES) });
    const end = buffer.subarray(0, bytesRead).indexOf('\n');
    return parseHeader(buffer.subarray(0, end + 1));
  } finally {
    await file.close();
  }
}

/** @throws BackupError when a backup is sealed with another key */
export function checkKey(key: Buffer, keyId: string): void {
  const own = keyIdOf(key);
  if (own !== keyId) {
    throw new BackupError(`The backup is sealed with another key (${keyId}; this one is ${own}).`);
  }
}

function parseHeader(line: Buffer): BackupHeader {
  const text = line.toString();
  if (!text.startsWith(MAGIC)) throw new BackupError('The file is not a backup of Plaudit.');
  try {
    return headerShape.parse(JSON.parse(text.slice(MAGIC.length)));
  } catch {
    throw new BackupError('The backup is of a format that this version does not know.');
  }
}

const damaged = () => new BackupError('The backup is damaged: it was cut off or changed.');

/** Never used twice with a key: each file has its own, each chunk its number. */
function nonceOf(number: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(number), 4);
  return nonce;
}

function placeOf(header: Buffer, number: number, isLast: boolean): Buffer {
  const digest = createHash('sha256').update(header).digest();
  return Buffer.concat([digest, nonceOf(number), Buffer.of(isLast ? 1 : 0)]);
}

interface Take {
  (bytes: number): Promise<Buffer>;
  hasMore: () => Promise<boolean>;
}

async function takeLine(take: Take): Promise<Buffer> {
  const bytes: Buffer[] = [];
  while (bytes.length < HEADER_LIMIT_BYTES) {
    const byte = await take(1);
    bytes.push(byte);
    if (byte[0] === 0x0a) break;
  }
  return Buffer.concat(bytes);
}

/** Takes so many bytes at a time from what comes in pieces of any size. */
function takeFrom(source: AsyncIterable<Buffer>): Take {
  const pieces = source[Symbol.asyncIterator]();
  let waiting: Buffer = Buffer.alloc(0);
  const fill = async (bytes: number): Promise<boolean> => {
    while (waiting.length < bytes) {
      const { done, value } = await pieces.next();
      if (done) return false;
      waiting = Buffer.concat([waiting, value]);
    }
    return true;
  };
  const take = async (bytes: number) => {
    if (!(await fill(bytes))) throw damaged();
    const taken = waiting.subarray(0, bytes);
    waiting = waiting.subarray(bytes);
    return taken;
  };
  return Object.assign(take, { hasMore: () => fill(1) });
}
