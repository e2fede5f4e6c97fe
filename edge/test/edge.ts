/** The whole app with an origin, a clock and assets of the test's own. */
import type { Hono } from 'hono';
import { createApp } from '../src/app.ts';
import { readConfig, type Env } from '../src/config.ts';
import { createDeps } from '../src/create-deps.ts';
import type { Blobs } from '../src/store/blobs.ts';
import { toScript, type Script } from '../src/storefront/loader.ts';
import type { Waits } from '../src/storefront/origin.ts';
import type { Platform } from '../src/storefront/platform.ts';
import { Background } from './background.ts';
import { FakeOrigin } from './fake-origin.ts';
import { TestClock } from './test-clock.ts';
import { WorkersCacheStandIn } from './workers-cache-stand-in.ts';

export const PURGE_SECRET = 'present secret';
export const PURGE_SECRET_PREVIOUS = 'past secret';

export interface TestEdgeOptions {
  answers?: Blobs;
  /** Workers Cache (our stand-in) keeps the answers, and purges go to it. */
  onCloudflare?: boolean;
  waits?: Waits;
}

export class TestEdge {
  readonly origin = new FakeOrigin();
  readonly clock = new TestClock();
  readonly background = new Background();
  /** Static files by path. */
  readonly files = new Map<string, string>();
  /** In front of the Worker where the edge is one on Cloudflare. */
  readonly workersCache: WorkersCacheStandIn | undefined;
  readonly #app: Hono;

  constructor(
    env: Partial<Env> = {},
    { answers, onCloudflare = false, waits }: TestEdgeOptions = {},
  ) {
    const assets = {
      fetch: async (request: Request) => {
        const file = this.files.get(new URL(request.url).pathname);
        return file === undefined
          ? new Response('no such file', { status: 404 })
          : new Response(file, { headers: { 'content-length': String(file.length) } });
      },
    };
    const bindings: Env = {
      ORIGIN_URL: 'http://origin.invalid',
      PURGE_SECRET,
      PURGE_SECRET_PREVIOUS,
      ASSETS: assets,
      ...env,
    };
    this.workersCache = onCloudflare
      ? new WorkersCacheStandIn(
          (request, cache) => this.#run(request, cache),
          this.clock.now,
          (work) => this.background.waitUntil(work),
        )
      : undefined;
    const outside = {
      fetch: this.origin.fetch,
      now: this.clock.now,
      assets,
      answers,
      waits,
      platform: this.workersCache && this.#platform(this.workersCache),
      renderer: {
        toStructuredData: (product: object, page: object) => ({ ...product, page }),
        renderReviewsElement: (page: object, options: object) => JSON.stringify({ page, options }),
        reviewsStyles: (settings: object) => JSON.stringify(settings),
      },
      loader: {
        plain: stub('(() => { const settings = __PLAUDIT_SETTINGS__; })();'),
        carrying: stub('carrying(__PLAUDIT_SETTINGS__);'),
        adopting: stub('adopting(__PLAUDIT_SETTINGS__);'),
        languages: new Set(['de', 'pt', 'pt-BR']),
      },
    };
    this.#app = createApp(createDeps(readConfig(bindings), outside));
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const request = new Request(`https://edge.example${path}`, init);
    return this.workersCache?.fetch(request) ?? this.#run(request);
  }

  async #run(request: Request, cache?: CacheContext): Promise<Response> {
    const context = { ...lifetimeOf(this.background), props: {}, ...(cache && { cache }) };
    return this.#app.fetch(request, {}, context);
  }

  /** Queues nothing: every purge is a call at once. */
  #platform(cache: WorkersCacheStandIn): Platform {
    return {
      enqueue: async ({ tags, mode }) => {
        await (mode === 'soft' ? cache.invalidate({ tags }) : cache.purge({ tags }));
        return this.clock.now();
      },
      queueState: async () => ({ waiting: 0, ageSeconds: 0 }),
      fetch: (path) => this.fetch(path),
    };
  }

  async json(path: string): Promise<unknown> {
    return (await this.fetch(path)).json();
  }
}

/** A script with its start as gzip has it where nothing is compressed; there is no brotli of it. */
function stub(text: string): Script {
  const start = new TextEncoder().encode(text.slice(0, text.indexOf('__')));
  const header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
  const block = [0, start.length, 0, 255 - start.length, 255];
  return toScript(text, { gzip: Uint8Array.from([...header, ...block, ...start]) });
}

const lifetimeOf = (background: Background) => ({
  waitUntil: (work: Promise<unknown>) => background.waitUntil(work),
  passThroughOnException: () => background.passThroughOnException(),
});
