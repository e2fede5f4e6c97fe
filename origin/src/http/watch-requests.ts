import type { MiddlewareHandler } from 'hono';
import { methodOf, routeOf } from './request-names.ts';

/** A request that was answered, without anything that a visitor or a shop wrote. */
export interface Served {
  method: string;
  /** The route's pattern, never the path. */
  route: string;
  status: number;
  seconds: number;
}

/** Told when a request begins; gives what is told when it was answered. */
export type RequestWatch = () => (served: Served) => void;

/** Tells of every request. */
export const watchRequests =
  (begin: RequestWatch): MiddlewareHandler =>
  async (context, next) => {
    const startedAt = performance.now();
    const end = begin();
    await next();
    end({
      method: methodOf(context),
      route: routeOf(context),
      status: context.res.status,
      seconds: (performance.now() - startedAt) / 1000,
    });
  };
