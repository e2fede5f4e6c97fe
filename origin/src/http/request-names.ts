/** How requests are called where they are counted, logged and traced: by few words, none a visitor's. */
import type { Context } from 'hono';
import { routePath } from 'hono/route';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** The method; a stranger can make up others without end. */
export const methodOf = ({ req }: Context): string =>
  METHODS.has(req.method) ? req.method : 'OTHER';

/** The route's pattern, never the path. Known when the request was answered. */
export function routeOf(context: Context): string {
  const route = routePath(context, -1);
  return route.endsWith('/*') ? 'none' : route;
}
