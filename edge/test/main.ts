/** The Worker that the tests run beside: its queue purges a platform of the test's own. */
import type { PurgeRequest } from '@plaudit/contract';
import { PurgeQueueBase } from '../src/purge/purge-queue.ts';

export class TestPurgeQueue extends PurgeQueueBase<Cloudflare.Env> {
  readonly calls: (PurgeRequest & { atMs: number })[] = [];
  /** What happens while a call is under way; answers whether the platform takes it. */
  platform: () => boolean | Promise<boolean> = () => true;
  /** Far ahead, so that no alarm rings by itself. */
  nowMs = Date.UTC(2100, 0, 1);

  protected override now(): number {
    return this.nowMs;
  }

  protected override async purgePlatform(purge: PurgeRequest): Promise<boolean> {
    this.calls.push({ ...purge, atMs: this.nowMs });
    return this.platform();
  }
}
