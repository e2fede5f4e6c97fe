/** `POST /purge`: the origin says what is out of date. */
import { receivePurge, SeenSignatures } from '../purge/receive.ts';
import { answer, problem } from '../storefront/answers.ts';
import { failureAnswer } from '../storefront/failure.ts';
import type { Deps, Route } from './context.ts';

export function postPurge(deps: Deps): Route {
  const seen = new SeenSignatures();

  return async (context) => {
    const client = context.req.raw.headers;
    const tooMany = deps.limits.purge(client);
    if (tooMany) return failureAnswer(tooMany);
    const { purgeSecrets } = deps.config;
    const received = await receivePurge(context.req.raw, purgeSecrets, seen, deps.now());
    if (!received.ok) {
      deps.limits.refusedPurge(client);
      return problem(received.problem);
    }
    deps.breaker.hearsOfLife();
    if (deps.platform) return accepted(await deps.platform.enqueue(received.purge));
    const { tags, mode } = received.purge;
    const selected = new Set(tags.map((tag) => tag.toLowerCase()));
    const caches = [deps.cache, deps.proxyCache];
    // One store between them; each knows its own fetches under way.
    const counts = await Promise.all(caches.map((cache) => cache.purge({ tags: selected }, mode)));
    const purged = Math.max(...counts);
    return answer(JSON.stringify({ purged }), { fields: { 'content-type': 'application/json' } });
  };
}

/** The platform's purges are few: they wait in a queue that keeps its word. */
const accepted = (byMs: number): Response =>
  answer(JSON.stringify({ by: new Date(byMs).toISOString() }), {
    status: 202,
    fields: { 'content-type': 'application/json' },
  });
