/** Imports the files that came in over HTTP, while the origin serves. */
import type { Logger } from 'pino';
import { FolderInUseError, lockFolder } from '../db/folder-lock.ts';
import type { Context } from '../domain/context.ts';
import {
  listLostImports,
  listWaitingImports,
  type WaitingImport,
} from '../domain/imports/waiting.ts';
import type { Inbox } from '../exchange/inbox.ts';
import { toFailureRecord } from '../failure-record.ts';
import { giveUpImport, workOnImport } from './work-on-import.ts';
import { startWorkLoop, type WorkLoop } from './work-loop.ts';

const LOOK_EVERY_MS = 60_000;
/** Another process may be about to write the row of a file that it has just taken in. */
const STRAY_AFTER_MS = 10 * 60_000;
/** An origin with other files may be away for a while. */
const LOST_AFTER_MS = 24 * 3_600_000;
/** Each in turn would have a small shop wait for a large one; all at once would have visitors wait. */
const AT_ONCE_MAX = 3;

/**
 * Starts until stopped. Of several processes with one folder, one works on its files; what breaks off
 * goes on where it was, here or in the next process.
 */
export function startImports(context: Context, inbox: Inbox, log: Logger): WorkLoop {
  const { db, now } = context;
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  let unlock: (() => void) | undefined;
  let nextAtMs = 0;

  async function work(): Promise<void> {
    if (now().getTime() < nextAtMs) return;
    nextAtMs = now().getTime() + LOOK_EVERY_MS;
    const files = await inbox.list();
    const names = files.map(({ name }) => name);
    if (names.length > 0) unlock ??= tryToLock(inbox.folder);
    if (unlock) await lookThrough(files);
    const before = new Date(now().getTime() - LOST_AFTER_MS);
    for (const lost of await listLostImports(db, names, before)) {
      await giveUpImport(context, lost.import, 'The file is not there any more: send it again.');
    }
  }

  async function lookThrough(files: Awaited<ReturnType<Inbox['list']>>): Promise<void> {
    const waiting = await listWaitingImports(
      db,
      files.map(({ name }) => name),
    );
    for (const one of waiting) if (running.size < AT_ONCE_MAX) begin(one);
    const wanted = new Set(waiting.map(({ file }) => file.publicId));
    for (const { name, changedAt } of files) {
      const isOld = now().getTime() - changedAt.getTime() > STRAY_AFTER_MS;
      if (isOld && !wanted.has(name) && !running.has(name)) await inbox.remove(name);
    }
  }

  function begin(one: WaitingImport): void {
    const { publicId: name } = one.file;
    if (running.has(name)) return;
    const task = workOnImport(context, inbox, one, stopping.signal)
      .then(() => wake())
      .catch((error: unknown) => {
        // It goes on at the next look.
        if (!stopping.signal.aborted) log.error(toFailureRecord(error), 'an import broke off');
      })
      .finally(() => running.delete(name));
    running.set(name, task);
  }

  const loop = startWorkLoop(work, (error) => {
    log.error(toFailureRecord(error), 'imports could not be looked after');
  });
  function wake(): void {
    nextAtMs = 0;
    loop.wake();
  }
  return {
    wake,
    stop: async () => {
      stopping.abort();
      await loop.stop();
      await Promise.all(running.values());
      unlock?.();
    },
  };
}

/** Undefined while another process has it. */
function tryToLock(folder: string): (() => void) | undefined {
  try {
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof FolderInUseError) return undefined;
    throw error;
  }
}
