/** What a command is, and what all of them share. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readConfig } from '../config.ts';
import { openDatabase } from '../db/database.ts';
import type { Context } from '../domain/context.ts';
import { openVault } from '../domain/keys/vault.ts';
import { CliError } from './cli-error.ts';

/** One command of the command line. */
export interface Command {
  help: string;
  /** @returns the exit code */
  run: (args: string[]) => Promise<number>;
}

/**
 * Reads options.
 * @throws CliError naming what is unknown or missing
 */
export function readOptions<T extends ParseArgsConfig>(config: T): ReturnType<typeof parseArgs<T>> {
  try {
    return parseArgs(config);
  } catch (error) {
    throw new CliError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The value of an option that must be given.
 * @throws CliError
 */
export function required(value: string | undefined, option: string): string {
  if (value === undefined || value === '') throw new CliError(`${option} is missing.`);
  return value;
}

/** Opens the database that the environment names, for as long as the work takes. */
export async function withDatabase<T>(work: (context: Context) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const { db, close } = await openDatabase(config);
  const now = () => new Date();
  const vault = openVault(db, now, config.keys);
  try {
    // What lands in the outbox is sent by the origin that serves, now or when it next starts.
    return await work({ db, now, actor: 'cli', vault, onOutbox: () => {} });
  } finally {
    await close();
  }
}
