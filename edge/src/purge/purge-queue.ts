/**
 * Stands between the origin and the platform's purge limits: takes any number of tags at once,
 * answers by when they will have been purged, and spends calls as they are allowed. One object for
 * the whole Worker, because the limits are.
 */
import { DurableObject } from 'cloudflare:workers';
import type { PurgeRequest } from '@plaudit/contract';
import { fullBucket, pauseMs, refilled, spent, waitMs, type Bucket } from './token-bucket.ts';
import { TAGS_PER_CALL, WaitingTags } from './waiting-tags.ts';

/** After a call that failed. */
const RETRY_MS = 5_000;

export interface QueueState {
  /** Tags that wait. */
  readonly waiting: number;
  /** How long the oldest has waited, in seconds. */
  readonly ageSeconds: number;
}

export abstract class PurgeQueueBase<Env> extends DurableObject<Env> {
  readonly #tags: WaitingTags;

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    this.#tags = new WaitingTags(context.storage.sql);
  }

  /** Makes one call to the platform; whether it took it. */
  protected abstract purgePlatform(purge: PurgeRequest): Promise<boolean>;

  /** Milliseconds since 1970; tests bring their own. */
  protected now(): number {
    return Date.now();
  }

  /** Stores the tags; says by when they will have been purged, in milliseconds since 1970. */
  async add(purge: PurgeRequest): Promise<number> {
    const nowMs = this.now();
    this.#tags.add(purge, nowMs);
    const bucket = refilled(await this.#bucket(nowMs), nowMs);
    const pause = pauseMs(bucket);
    if ((await this.ctx.storage.getAlarm()) === null)
      await this.ctx.storage.setAlarm(nowMs + pause);
    const calls = Math.ceil(this.#tags.size / TAGS_PER_CALL);
    return nowMs + pause + waitMs(bucket, calls);
  }

  state(): QueueState {
    const { since, size } = this.#tags;
    return {
      waiting: size,
      ageSeconds: since === undefined ? 0 : Math.max(0, (this.now() - since) / 1000),
    };
  }

  override async alarm(): Promise<void> {
    const batch = this.#tags.next();
    if (!batch) return;
    const nowMs = this.now();
    const bucket = refilled(await this.#bucket(nowMs), nowMs);
    const wait = waitMs(bucket, 1);
    if (wait > 0) return this.ctx.storage.setAlarm(nowMs + wait);
    // Spent before the call: after a crash in between, one call too few is better than one too many.
    await this.ctx.storage.put('bucket', spent(bucket));
    const taken = await this.purgePlatform({ tags: [...batch.tags], mode: batch.mode }).catch(
      () => false,
    );
    if (taken) this.#tags.done(batch);
    const again = taken ? 0 : RETRY_MS;
    if (this.#tags.size > 0) await this.ctx.storage.setAlarm(this.now() + again);
  }

  async #bucket(nowMs: number): Promise<Bucket> {
    return (await this.ctx.storage.get<Bucket>('bucket')) ?? fullBucket(nowMs);
  }
}
