/** What a command is, and what all of them share. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { readConfig } from '../config.ts';
import { copyErasures } from '../backup/erasures-file.ts';
import { openDatabase, type OpenDatabase } from '../db/database.ts';
import type { Context } from '../domain/context.ts';
import { openVault } from '../domain/keys/vault.ts';
import { finishRestore, type FinishedRestore } from '../domain/persons/finish-restore.ts';
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

/**
 * Opens the database that the environment names, for as long as the work takes. Whom a restored backup
 * has brought back is erased first.
 * @param statementLimitMs the longest wait for a statement on Postgres, where it may take longer than others
 */
export async function withDatabase<T>(
  work: (context: Context, kind: OpenDatabase['kind'], finished: FinishedRestore) => Promise<T>,
  statementLimitMs?: number,
): Promise<T> {
  const config = readConfig(process.env);
  const { db, kind, close } = await openDatabase({
    ...config,
    ...(statementLimitMs !== undefined && { statementLimitMs }),
  });
  const now = () => new Date();
  const vault = openVault(db, now, config.keys);
  const context: Context = {
    db,
    now,
    actor: 'cli',
    vault,
    // What lands in the outbox is sent by the origin that serves, now or when it next starts.
    onOutbox: () => {},
    onErasure: () => copyErasures(db, config.backup.folder),
  };
  try {
    return await work(context, kind, await finishRestore(context));
  } finally {
    await close();
  }
}
