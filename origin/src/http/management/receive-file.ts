/** Takes a file in that is the body of a request, as it comes, without holding it in memory. */
import type { Context } from 'hono';
import { z } from 'zod';
import { countWaitingFiles } from '../../domain/imports/submit.ts';
import { FileTooLargeError, type Inbox, type ReceivedFile } from '../../exchange/inbox.ts';
import { ProblemError } from '../problems.ts';
import type { Caller } from './operation.ts';

/** Where files go. */
export interface FileIntake {
  inbox: Inbox;
  /** Called when there is one to be worked on. */
  onFile: () => void;
  /** How many are on their way, by the number of their shop. */
  arriving: Map<number, number>;
}

/** Makes it. */
export const createFileIntake = (inbox: Inbox, onFile: () => void): FileIntake => ({
  inbox,
  onFile,
  arriving: new Map(),
});

/** A file that was received, before anything is made of it. */
export interface SentFile extends ReceivedFile {
  mediaType: string;
  isGzipped: boolean;
  open: () => ReturnType<Inbox['open']>;
  /** It is needed: otherwise it is gone when the request is answered. */
  keep: () => void;
}

/** The body of an operation that takes a file; what came was checked when it came. */
export const sentFile = z.custom<SentFile>();

/** Files of a shop that may wait or be on their way: a disk has an end. */
export const WAITING_MAX = 10;

/**
 * Receives the file.
 * @returns it, and what is to be called when the request was answered or failed
 * @throws ProblemError 400, 413, 415, 429, 503
 */
export async function receiveFile(
  context: Context,
  intake: FileIntake,
  { domain, shop }: Caller,
  fileTypes: readonly string[],
): Promise<{ file: SentFile; end: () => Promise<void> }> {
  const { inbox, arriving } = intake;
  const kind = readKind(context, fileTypes);
  const before = arriving.get(shop.id) ?? 0;
  arriving.set(shop.id, before + 1);
  try {
    if (before + (await countWaitingFiles(domain.db, shop.id)) >= WAITING_MAX) {
      const detail = `${WAITING_MAX} files wait already: send this one when they are done.`;
      throw new ProblemError('too-many-requests', { detail });
    }
    const received = await receive(context, inbox);
    return toSentFile(intake, received, kind);
  } finally {
    const left = (arriving.get(shop.id) ?? 1) - 1;
    if (left > 0) arriving.set(shop.id, left);
    else arriving.delete(shop.id);
  }
}

type FileKind = Pick<SentFile, 'mediaType' | 'isGzipped'>;

function toSentFile({ inbox, onFile }: FileIntake, received: ReceivedFile, kind: FileKind) {
  const { name, key } = received;
  let isKept = false;
  const keep = () => {
    isKept = true;
  };
  const end = async () => {
    if (isKept) onFile();
    else await inbox.remove(name);
  };
  return { file: { ...received, ...kind, open: () => inbox.open(name, key), keep }, end };
}

function readKind({ req }: Context, fileTypes: readonly string[]): FileKind {
  const mediaType = req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  const coding = req.header('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (!fileTypes.includes(mediaType)) {
    const detail = `Send the file as one of ${fileTypes.join(', ')}.`;
    throw new ProblemError('unsupported-media-type', { detail });
  }
  if (coding !== 'gzip' && coding !== 'identity') {
    throw new ProblemError('unsupported-media-type', { detail: 'Send it plain or as gzip.' });
  }
  return { mediaType, isGzipped: coding === 'gzip' };
}

async function receive({ req }: Context, inbox: Inbox): Promise<ReceivedFile> {
  const { body, signal } = req.raw;
  if (!body) throw new ProblemError('invalid-body', { detail: 'Send the file as the body.' });
  try {
    const length = Number(req.header('content-length') ?? 0);
    if (length > inbox.maxBytes) throw new FileTooLargeError(`At most ${inbox.maxBytes} bytes.`);
    return await inbox.receive(body);
  } catch (error) {
    if (error instanceof FileTooLargeError) {
      throw new ProblemError('body-too-large', { detail: error.message });
    }
    if (signal.aborted) throw new ProblemError('invalid-body', { detail: 'The file broke off.' });
    // The disk is full.
    if ((error as { code?: unknown }).code === 'ENOSPC') throw new ProblemError('unavailable');
    throw error;
  }
}
