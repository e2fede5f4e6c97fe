/**
 * What stands behind the gallery's pages: for each world a test server in the edge's place, reached
 * through the store, and the edge's own script with that world's settings in it.
 */
import { createTestServer, type TestServer } from '@plaudit/sdk/testing';
import { WORLDS } from './worlds.ts';

/** Where a world's script and answers are asked for. */
export const backstagePath = (world: string): string => `/gallery/backstage/${world}`;

export interface Backstage {
  /** Answers what a world's widgets ask; undefined where there is no such world. */
  answer: (world: string, rest: string, request: Request) => Promise<Response | undefined>;
  close: () => Promise<void>;
}

export function createBackstage(edgeUrl: string, appKey: string): Backstage {
  const servers = new Map<string, Promise<TestServer>>();

  /** Started by the first who asks: most visits of the store are none of the gallery. */
  function serverOf(name: string, storeUrl: string): Promise<TestServer> | undefined {
    const world = WORLDS[name];
    if (!world) return undefined;
    let server = servers.get(name);
    if (!server) {
      const shop = world.shop((photo) => `${storeUrl}/static/products/${photo}.svg`);
      server = createTestServer({ appKey, ...shop }).then((started) => {
        started.setCondition(world.condition);
        return started;
      });
      servers.set(name, server);
    }
    return server;
  }

  async function script(name: string): Promise<Response> {
    const answer = await fetch(`${edgeUrl}/${encodeURIComponent(appKey)}/plaudit.js`);
    const { locale = 'en', ...others } = WORLDS[name]?.shop(String).settings ?? {};
    const own = { locale, ...(locale !== 'en' && { language: locale }), ...others };
    // The shop's own settings, but for what the world says.
    const text = (await answer.text()).replace(/"locale":"[^"]*"/, () =>
      JSON.stringify(own).slice(1, -1),
    );
    return new Response(text, { headers: { 'content-type': 'text/javascript; charset=utf-8' } });
  }

  return {
    async answer(name, rest, request) {
      const { origin, search } = new URL(request.url);
      const server = await serverOf(name, origin);
      if (!server) return undefined;
      if (rest.endsWith('/plaudit.js')) return script(name);
      // One copy of each chunk, however many worlds there are.
      if (rest.startsWith('/assets/')) return Response.redirect(edgeUrl + rest, 302);
      const { status, headers, body } = await fetch(server.edge + rest + search, {
        method: request.method,
        signal: request.signal,
        ...(request.method === 'POST' && {
          headers: { 'content-type': request.headers.get('content-type') ?? '' },
          body: await request.arrayBuffer(),
        }),
      });
      const type = headers.get('content-type') ?? 'application/json';
      return new Response(body, { status, headers: { 'content-type': type } });
    },
    async close() {
      const started = await Promise.all(servers.values());
      await Promise.all(started.map((server) => server.close()));
    },
  };
}
