/** The whole app with an origin, a clock and assets of the test's own. */
import type { Hono } from 'hono';
import { createApp } from '../src/app.ts';
import { readConfig, type Env } from '../src/config.ts';
import { createDeps } from '../src/create-deps.ts';
import type { Blobs } from '../src/store/blobs.ts';
import { Background } from './background.ts';
import { FakeOrigin } from './fake-origin.ts';
import { TestClock } from './test-clock.ts';

export const PURGE_SECRET = 'present secret';
export const PURGE_SECRET_PREVIOUS = 'past secret';

export class TestEdge {
  readonly origin = new FakeOrigin();
  readonly clock = new TestClock();
  readonly background = new Background();
  /** Static files by path. */
  readonly files = new Map<string, string>();
  readonly #app: Hono;

  /** @param answers what survives a restart: pass one edge's to the next */
  constructor(env: Partial<Env> = {}, answers?: Blobs) {
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
    const outside = {
      fetch: this.origin.fetch,
      now: this.clock.now,
      assets,
      answers,
      loaderScript: '(() => { const settings = __PLAUDIT_SETTINGS__; })();',
    };
    this.#app = createApp(createDeps(readConfig(bindings), outside));
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const request = new Request(`https://edge.example${path}`, init);
    return this.#app.fetch(request, {}, { ...lifetimeOf(this.background), props: {} });
  }

  async json(path: string): Promise<unknown> {
    return (await this.fetch(path)).json();
  }
}

const lifetimeOf = (background: Background) => ({
  waitUntil: (work: Promise<unknown>) => background.waitUntil(work),
  passThroughOnException: () => background.passThroughOnException(),
});
