/** `GET /healthz`: that the edge runs, and how far behind its purges are where they wait in a queue. */
import { answer } from '../storefront/answers.ts';
import type { Deps, Route } from './context.ts';

export const getHealth =
  (deps: Deps): Route =>
  async () => {
    const purgeQueue = await deps.platform?.queueState();
    const body = JSON.stringify({ status: 'ok', ...(purgeQueue && { purgeQueue }) });
    return answer(`${body}\n`, { fields: { 'content-type': 'application/json' } });
  };
