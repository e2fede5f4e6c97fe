/**
 * The key that backups are sealed with: 32 bytes, from the environment or from a file that is made
 * with the first backup. Whoever loses it loses the backups, so it belongs in another place as well.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { BackupError } from './backup-error.ts';

/** Where the key comes from. */
export interface KeySource {
  /** The key itself, in hex or base64; goes before the file. */
  key?: string;
  keyFile: string;
}

/** Hex, or base64 with its padding. */
export const KEY_PATTERN = /^(?:[0-9a-fA-F]{64}|[A-Za-z0-9+/]{43}=)$/;
const KEY_BYTES = 32;

/**
 * Reads the key.
 * @throws BackupError when there is none
 */
export function readBackupKey({ key, keyFile }: KeySource): Buffer {
  const text = key ?? readKeyFile(keyFile);
  if (text === undefined) {
    throw new BackupError(`There is no key: BACKUP_KEY is not set, and no file ${keyFile}.`);
  }
  if (!KEY_PATTERN.test(text)) {
    throw new BackupError(`What is in ${keyFile} is no key: 32 bytes in hex or base64 are.`);
  }
  return Buffer.from(text, text.length === KEY_BYTES * 2 ? 'hex' : 'base64');
}

/**
 * Makes the key's file where there is no key yet; nobody else may read it.
 * @returns whether one was made
 */
export function makeKeyFile({ key, keyFile }: KeySource): boolean {
  if (key !== undefined || readKeyFile(keyFile) !== undefined) return false;
  mkdirSync(dirname(keyFile), { recursive: true });
  const file = openSync(keyFile, 'wx', 0o600);
  writeSync(file, `${randomBytes(KEY_BYTES).toString('base64')}\n`);
  fsyncSync(file);
  closeSync(file);
  return true;
}

/** Tells keys apart, and nothing about them. */
export const keyIdOf = (key: Buffer): string =>
  derive(key, '', 'plaudit backup key id', 8).toString('hex');

/** The key of one file alone, so that its chunks can be numbered from 0. */
export const fileKeyOf = (key: Buffer, salt: string): Buffer =>
  derive(key, salt, 'plaudit backup file', KEY_BYTES);

const derive = (key: Buffer, salt: string, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, salt, purpose, bytes));

function readKeyFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
