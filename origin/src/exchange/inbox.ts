/**
 * Files that came in over HTTP and wait to be imported: in a folder, each sealed with a key of its own
 * (AES-256-GCM) that whoever keeps the file keeps elsewhere. Memory does not grow with a file.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, type Readable } from 'node:stream';
import { pipeline as piped } from 'node:stream/promises';

/** A file that is here for good, until it is removed. */
export interface ReceivedFile {
  /** In the folder. */
  name: string;
  /** What opens it. */
  key: string;
  /** Of its bytes. */
  digest: string;
}

/** The folder. */
export interface Inbox {
  folder: string;
  /** The longest file that is taken. */
  maxBytes: number;
  /**
   * Takes a file in; when it is given back, it outlives a crash.
   * @throws FileTooLargeError
   * @throws whatever the source throws
   */
  receive: (source: AsyncIterable<Uint8Array>) => Promise<ReceivedFile>;
  /** Its bytes; the last of them only when all were what was received. */
  open: (name: string, key: string) => Readable;
  remove: (name: string) => Promise<void>;
  /** What there is, also what is being received or was left behind. */
  list: () => Promise<{ name: string; changedAt: Date }[]>;
}

/** A file that is longer than any that is taken. */
export class FileTooLargeError extends Error {}

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const TAG_BYTES = 16;
/** A key seals one file and nothing else, so that no nonce comes twice. */
const NONCE = Buffer.alloc(12);
const PART = '.part';
/** Nothing else in the folder is touched. */
const NAME = /^[\w-]{20}(?:\.part)?$/;

/** Opens it; the folder is made when it is first needed. */
export function createInbox(folder: string, maxBytes: number): Inbox {
  const pathOf = (name: string) => join(folder, name);
  return {
    folder,
    maxBytes,
    async receive(source) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = randomBytes(15).toString('base64url');
      const part = pathOf(name + PART);
      try {
        const sealed = await writeSealed(source, part, maxBytes);
        await rename(part, pathOf(name));
        return { name, ...sealed };
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
    open(name, sealedWith) {
      const bytes = Buffer.from(sealedWith, 'base64url');
      const decipher = createDecipheriv(CIPHER, bytes.subarray(0, KEY_BYTES), NONCE, {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(KEY_BYTES));
      // An error reaches whoever reads through the last stream.
      return pipeline(createReadStream(pathOf(name)), decipher, () => {});
    },
    remove: (name) => rm(pathOf(name), { force: true }),
    async list() {
      const all = await readdir(folder).catch(() => []);
      const names = all.filter((name) => NAME.test(name));
      const found = await Promise.all(
        names.map(async (name) => {
          const about = await stat(pathOf(name)).catch(() => undefined);
          return about?.isFile() ? [{ name, changedAt: about.mtime }] : [];
        }),
      );
      return found.flat();
    },
  };
}

async function writeSealed(
  source: AsyncIterable<Uint8Array>,
  path: string,
  maxBytes: number,
): Promise<{ key: string; digest: string }> {
  const key = randomBytes(KEY_BYTES);
  const cipher = createCipheriv(CIPHER, key, NONCE, { authTagLength: TAG_BYTES });
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o600);
  try {
    async function* limited() {
      let bytes = 0;
      for await (const chunk of source) {
        bytes += chunk.length;
        if (bytes > maxBytes) throw new FileTooLargeError(`At most ${maxBytes} bytes.`);
        hash.update(chunk);
        yield chunk;
      }
    }
    await piped(limited, cipher, async (sealed: AsyncIterable<Buffer>) => {
      for await (const chunk of sealed) await file.appendFile(chunk);
    });
    await file.sync();
  } finally {
    await file.close();
  }
  const sealedWith = Buffer.concat([key, cipher.getAuthTag()]);
  return { key: sealedWith.toString('base64url'), digest: hash.digest('base64url') };
}
