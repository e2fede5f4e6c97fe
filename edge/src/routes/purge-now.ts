/** `POST /purge/now`: the queue's own call, one of those that the platform allows. */
import { PURGE_PATH } from '@plaudit/contract';
import { receivePurge, SeenSignatures } from '../purge/receive.ts';
import { answer, problem } from '../storefront/answers.ts';
import { platformCacheOf, type Deps, type Route } from './context.ts';

export const PURGE_NOW_PATH = `${PURGE_PATH}/now`;

export function postPurgeNow(deps: Deps): Route {
  const seen = new SeenSignatures();

  return async (context) => {
    const { purgeSecrets } = deps.config;
    const received = await receivePurge(context.req.raw, purgeSecrets, seen, deps.now());
    if (!received.ok) return problem(received.problem);
    const platform = platformCacheOf(context);
    if (!platform) return problem('not-found');
    const { tags, mode } = received.purge;
    const result = await (mode === 'soft'
      ? platform.invalidate({ tags })
      : platform.purge({ tags }));
    return result.success ? answer(null, { status: 204 }) : problem('unavailable');
  };
}
