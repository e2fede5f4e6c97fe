/** The Worker: wires the outside world to the app, once per isolate. */
import loaderScript from 'virtual:loader';
import type { Hono } from 'hono';
import { createApp } from './app.ts';
import { readConfig, type Env } from './config.ts';
import { createDeps } from './create-deps.ts';
import { kvBlobs } from './store/blobs.ts';

let app: Hono | undefined;

export default {
  fetch(request, env, context) {
    app ??= createApp(
      createDeps(readConfig(env), {
        fetch: (url, init) => fetch(url, init),
        now: Date.now,
        assets: env.ASSETS,
        loaderScript,
        answers: env.ANSWERS && kvBlobs(env.ANSWERS),
      }),
    );
    return app.fetch(request, env, context);
  },
} satisfies ExportedHandler<Env>;
