/**
 * A stand-in for Cloudflare's Workers Cache, written from its documentation because no local tool
 * simulates it: a cache by URL in front of a Worker, which reads `Cloudflare-CDN-Cache-Control` and
 * `Cache-Tag`, serves stale while it revalidates, and is purged through `ctx.cache`. It shows that
 * our headers and purges say what they should; it proves nothing about the platform itself.
 */

interface Kept {
  readonly response: Response;
  readonly tags: readonly string[];
  readonly bornAt: number;
  readonly freshMs: number;
  readonly staleMs: number;
  invalidated: boolean;
}

type Worker = (request: Request, cache: CacheContext) => Promise<Response>;

export class WorkersCacheStandIn implements CacheContext {
  readonly #kept = new Map<string, Kept>();
  readonly #worker: Worker;
  readonly #now: () => number;
  readonly #waitUntil: (work: Promise<unknown>) => void;
  /** Calls of `purge` and `invalidate`. */
  readonly calls: { kind: 'purge' | 'invalidate'; tags: readonly string[] }[] = [];

  constructor(worker: Worker, now: () => number, waitUntil: (work: Promise<unknown>) => void) {
    this.#worker = worker;
    this.#now = now;
    this.#waitUntil = waitUntil;
  }

  async fetch(request: Request): Promise<Response> {
    if (request.method !== 'GET') return this.#worker(request, this);
    const kept = this.#kept.get(request.url);
    if (!kept) return this.#run(request);
    const ageMs = this.#now() - kept.bornAt;
    if (!kept.invalidated && ageMs < kept.freshMs) return answered(kept, 'HIT');
    if (kept.invalidated || ageMs >= kept.freshMs + kept.staleMs) return this.#run(request, kept);
    this.#waitUntil(this.#run(request, kept));
    return answered(kept, 'UPDATING');
  }

  async purge({ tags = [] }: CachePurgeOptions): Promise<CachePurgeResult> {
    this.calls.push({ kind: 'purge', tags });
    for (const [url, kept] of this.#kept) if (hasTag(kept, tags)) this.#kept.delete(url);
    return { success: true, errors: [] };
  }

  async invalidate({ tags = [] }: CachePurgeOptions): Promise<CachePurgeResult> {
    this.calls.push({ kind: 'invalidate', tags });
    for (const kept of this.#kept.values()) if (hasTag(kept, tags)) kept.invalidated = true;
    return { success: true, errors: [] };
  }

  async #run(request: Request, kept?: Kept): Promise<Response> {
    const response = await this.#worker(request, this);
    if (response.status >= 500 && kept) return answered(kept, 'STALE');
    const seconds = lifetimeOf(response);
    if (seconds && !response.headers.has('set-cookie')) {
      const tags = (response.headers.get('cache-tag') ?? '').split(',');
      const [freshMs, staleMs] = [seconds.fresh * 1000, seconds.stale * 1000];
      const entry = { tags, freshMs, staleMs, bornAt: this.#now(), invalidated: false };
      this.#kept.set(request.url, { ...entry, response: response.clone() });
    }
    return withoutPlatformFields(response, 'MISS');
  }
}

function lifetimeOf(response: Response): { fresh: number; stale: number } | undefined {
  const value =
    response.headers.get('cloudflare-cdn-cache-control') ?? response.headers.get('cache-control');
  if (!value || /no-store|private/.test(value)) return undefined;
  const secondsOf = (name: string) => Number(new RegExp(`${name}=(\\d+)`).exec(value)?.[1] ?? 0);
  return { fresh: secondsOf('max-age'), stale: secondsOf('stale-while-revalidate') };
}

const hasTag = (kept: Kept, tags: readonly string[]): boolean =>
  tags.some((tag) => kept.tags.includes(tag));

const answered = (kept: Kept, status: string): Response =>
  withoutPlatformFields(kept.response.clone(), status);

function withoutPlatformFields(response: Response, status: string): Response {
  const copy = new Response(response.body, response);
  copy.headers.delete('cloudflare-cdn-cache-control');
  copy.headers.delete('cache-tag');
  copy.headers.set('cf-cache-status', status);
  return copy;
}
