/** The Worker: wires the outside world to the app, once per isolate. */
import { adopting, carrying, languages, plain, type Script } from 'virtual:loader';
import * as renderer from 'virtual:server-renderer';
import type { Hono } from 'hono';
import { createApp } from './app.ts';
import { readConfig, type Env } from './config.ts';
import { createDeps } from './create-deps.ts';
import { front } from './purge/own-queue.ts';
import { kvBlobs } from './store/blobs.ts';
import { toScript } from './storefront/loader.ts';
import type { Platform } from './storefront/platform.ts';

export { PurgeQueue } from './purge/own-queue.ts';

/** One queue for the whole Worker, because the platform's limits are. */
const QUEUE_NAME = 'purges';

let app: Hono | undefined;

export default {
  fetch(request, env, context) {
    app ??= createApp(
      createDeps(readConfig(env), {
        fetch: (url, init) => fetch(url, init),
        now: Date.now,
        assets: env.ASSETS,
        loader: {
          plain: unpack(plain),
          carrying: unpack(carrying),
          adopting: unpack(adopting),
          languages: new Set(languages),
        },
        renderer,
        answers: env.ANSWERS && kvBlobs(env.ANSWERS),
        platform: platformOf(env, context),
      }),
    );
    return app.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;

const unpack = ({ text, brotliStart, gzipStart }: Script) =>
  toScript(text, { br: fromBase64(brotliStart), gzip: fromBase64(gzipStart) });

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** Workers Cache is on where the context has it; then the queue must be there too. */
function platformOf(env: Env, context: ExecutionContext): Platform | undefined {
  if (!context.cache || !env.PURGE_QUEUE) return undefined;
  const queue = env.PURGE_QUEUE.getByName(QUEUE_NAME);
  return {
    enqueue: (purge) => queue.add(purge),
    queueState: () => queue.state(),
    fetch: (path) => front().fetch(`https://edge.invalid${path}`),
  };
}
