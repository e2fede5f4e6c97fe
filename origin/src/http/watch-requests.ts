import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

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

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Tells of every request, in few words: a stranger can make up methods and paths without end. */
export const watchRequests =
  (begin: RequestWatch): MiddlewareHandler =>
  async (context, next) => {
    const startedAt = performance.now();
    const end = begin();
    await next();
    const { method } = context.req;
    const route = routePath(context, -1);
    end({
      method: METHODS.has(method) ? method : 'OTHER',
      route: route.endsWith('/*') ? 'none' : route,
      status: context.res.status,
      seconds: (performance.now() - startedAt) / 1000,
    });
  };
