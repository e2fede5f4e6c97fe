/**
 * Wraps data keys with a key from a file: 32 bytes in base64 a line. The first line wraps, all of them
 * unwrap, so a new key is a new first line.
 */
import { createHash, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import {
  DATA_KEY_BYTES,
  KeysUnavailableError,
  type KeyProvider,
  type KeyPurpose,
} from './key-provider.ts';
import { openBytes, sealBytes } from './seal.ts';

const LINE = /^[A-Za-z0-9+/]{43}=$/;
const WRAPPED = /^file:([0-9a-f]{16}):([\w-]+)$/;

/**
 * Makes the provider; the file is read when a key is first asked for.
 * @param mayMake whether the file may be made where there is none: not when keys are lost with it
 */
export function createFileProvider(path: string, mayMake: () => Promise<boolean>): KeyProvider {
  let keys: Map<string, Buffer> | undefined;

  async function read(): Promise<Map<string, Buffer>> {
    let text = readIfThere(path);
    if (text === undefined) {
      if (!(await mayMake())) {
        throw new KeysUnavailableError(`The key file ${path} is missing. Put its copy back.`);
      }
      makeKeyFile(path);
      text = readIfThere(path);
    }
    const lines = (text ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
    if (lines.length === 0 || !lines.every((line) => LINE.test(line))) {
      throw new KeysUnavailableError(`${path} holds no key: 32 bytes in base64, one key a line.`);
    }
    return new Map(lines.map((line) => toEntry(Buffer.from(line, 'base64'))));
  }

  const wrap = async (key: Buffer, purpose: KeyPurpose) => {
    keys ??= await read();
    const [[id, wrapping] = ['', Buffer.alloc(0)]] = keys;
    return `file:${id}:${sealBytes(wrapping, placeOf(purpose), key).toString('base64url')}`;
  };

  return {
    wrapKey: wrap,
    makeKey: async (purpose) => {
      const key = randomBytes(DATA_KEY_BYTES);
      return { key, wrapped: await wrap(key, purpose) };
    },
    unwrapKey: async (wrapped, purpose) => {
      const [, id, sealed = ''] = WRAPPED.exec(wrapped) ?? [];
      if (id === undefined) {
        throw new KeysUnavailableError(
          'The data was not sealed with a key file: KMS_KEY_ID is missing.',
        );
      }
      keys ??= await read();
      const wrapping = keys.get(id);
      if (!wrapping) {
        throw new KeysUnavailableError(
          `${path} does not hold the key that the data was sealed with.`,
        );
      }
      return openBytes(wrapping, placeOf(purpose), Buffer.from(sealed, 'base64url'));
    },
  };
}

const placeOf = ({ shopId, kind }: KeyPurpose) => ['data key', shopId, kind];

/** Tells keys apart, and nothing about them. */
const toEntry = (key: Buffer): [id: string, key: Buffer] => [
  createHash('sha256').update('plaudit key id').update(key).digest('hex').slice(0, 16),
  key,
];

/** Whole or not at all, for its owner only; of two that make it at once, one does. */
function makeKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const part = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(part, 'wx', 0o600);
  try {
    writeSync(file, `${randomBytes(DATA_KEY_BYTES).toString('base64')}\n`);
    fsyncSync(file);
    linkSync(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    closeSync(file);
    unlinkSync(part);
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
