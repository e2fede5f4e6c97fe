/** Places that audit logs are copied to: a file on another disk, or an address. */
import { createHash, randomUUID } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { Webhook } from 'standardwebhooks';
import type { AuditCopyConfig } from '../../config.ts';

/** Where acts go. They are there for good when the promise resolves. */
export interface AuditSink {
  /** Names the place, and nothing else of it. */
  target: string;
  /** Whether it has lost what it had; absent where that cannot be told. */
  isEmpty?: () => Promise<boolean>;
  /**
   * Takes acts, each as JSON.
   * @throws when it is not known to have them all
   */
  append: (acts: readonly string[]) => Promise<void>;
}

/** A place that has not answered by then does not have them. */
const SEND_LIMIT_MS = 10_000;

const targetOf = (place: string): string =>
  createHash('sha256').update(place).digest('base64url').slice(0, 22);

/** Opens the place. */
export const openAuditSink = (config: AuditCopyConfig, now: () => Date): AuditSink =>
  'file' in config ? createFileSink(config.file) : createHttpSink(config, now);

/** A file that is only ever added to, so that the disk may forbid all else (`chattr +a`). */
function createFileSink(path: string): AuditSink {
  return {
    target: targetOf(`file:${path}`),
    async isEmpty() {
      const about = await stat(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return about === undefined || about.size === 0;
    },
    async append(acts) {
      const lines = acts.map((act) => `${act}\n`).join('');
      const file = await open(path, 'a+', 0o600);
      try {
        const { size } = await file.stat();
        const last = await file.read({ buffer: Buffer.alloc(1), position: Math.max(0, size - 1) });
        // What broke off stays, on a line of its own; the act is among those that come now.
        const isBroken = last.bytesRead === 1 && last.buffer[0] !== 0x0a;
        await file.appendFile(isBroken ? `\n${lines}` : lines);
        await file.datasync();
      } finally {
        await file.close();
      }
    },
  };
}

/** An address that is sent lists of acts, signed as our webhooks are (Standard Webhooks). */
function createHttpSink(
  { url, secret }: { url: string; secret: string },
  now: () => Date,
): AuditSink {
  const signer = new Webhook(secret);
  return {
    target: targetOf(`url:${url}`),
    async append(acts) {
      const body = `[${acts.join(',')}]`;
      const id = `audit_${randomUUID()}`;
      const sentAt = now();
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
          'webhook-signature': signer.sign(id, sentAt, body),
        },
        body,
        redirect: 'error',
        signal: AbortSignal.timeout(SEND_LIMIT_MS),
      });
      await answer.body?.cancel();
      if (!answer.ok) throw new Error(`The audit log's copy was answered ${answer.status}.`);
    },
  };
}
