/** This Worker's purge queue: its calls come in again at the front, because only there is the cache. */
import { exports } from 'cloudflare:workers';
import {
  PURGE_SIGNATURE_FIELD,
  PURGE_TIMESTAMP_FIELD,
  signPurge,
  type PurgeRequest,
} from '@plaudit/contract';
import type { Env } from '../config.ts';
import { PurgeQueueBase } from './purge-queue.ts';

export class PurgeQueue extends PurgeQueueBase<Env> {
  protected override async purgePlatform(purge: PurgeRequest): Promise<boolean> {
    const body = JSON.stringify(purge);
    const timestamp = String(Math.floor(this.now() / 1000));
    const signature = await signPurge(this.env.PURGE_SECRET ?? '', timestamp, body);
    const headers = { [PURGE_TIMESTAMP_FIELD]: timestamp, [PURGE_SIGNATURE_FIELD]: signature };
    const request = new Request('https://edge.invalid/purge/now', {
      method: 'POST',
      body,
      headers,
    });
    return (await front().fetch(request)).ok;
  }
}

/** The Worker's own entrypoint, through the cache in front of it. */
export function front(): Pick<Fetcher, 'fetch'> {
  // The runtime binds every export of the Worker here; the types know only a generated list.
  return (exports as unknown as { default: Pick<Fetcher, 'fetch'> }).default;
}
