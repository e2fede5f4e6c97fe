/**
 * What the forms of themes written for Yotpo send. The shop stands in the body there, and votes and one
 * kind of review come by GET as well as by POST.
 */
import type { Context, Hono } from 'hono';
import { SAFE_FIELDS } from '../storefront/answers.ts';
import { CREATE_PATH, FORM_PATHS, PIXEL_PATH, VOTE_PATTERNS } from '../storefront/compat-paths.ts';
import { compatFailure, compatRefusal } from './compat.ts';
import { parameter, searchOf, type Deps, type Route } from './context.ts';
import { readBody, sendOn } from './storefront-write.ts';

/** One transparent pixel. */
const PIXEL = Uint8Array.from(
  atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  (letter) => letter.charCodeAt(0),
);

/** @param preflight answers the browsers that ask before they send JSON */
export function addCompatWrites(app: Hono, deps: Deps, preflight: () => Response): void {
  for (const path of FORM_PATHS) {
    app.post(path, writeOf(deps, path));
    app.options(path, preflight);
  }
  app.get(CREATE_PATH, createByAddress(deps));
  for (const pattern of VOTE_PATTERNS) {
    app.on(['GET', 'POST'], pattern, vote(deps));
    app.options(pattern, preflight);
  }
  app.get(PIXEL_PATH, countNothing);
}

const writeOf =
  (deps: Deps, path: string): Route =>
  async (context) => {
    const request = context.req.raw;
    try {
      const body = await readBody(request);
      if (body instanceof Response) return body;
      const limits = deps.limits.write(shopNamedIn(body), request.headers);
      return await sendOn(deps, path, request.headers, body, limits);
    } catch (failure) {
      return compatFailure(failure);
    }
  };

/** What stands in the address goes on as the form it might have been. */
const createByAddress =
  (deps: Deps): Route =>
  async (context) => {
    const { headers } = context.req.raw;
    if (!isMeant(context.req.raw)) return compatRefusal(403, 'Forbidden');
    try {
      const fields = searchOf(context);
      const limits = deps.limits.write(fields.get('appkey') ?? '', headers);
      const body = await new Response(fields.toString()).arrayBuffer();
      const form = new Headers(headers);
      form.set('content-type', 'application/x-www-form-urlencoded');
      return await sendOn(deps, CREATE_PATH, form, body, limits);
    } catch (failure) {
      return compatFailure(failure);
    }
  };

const vote =
  (deps: Deps): Route =>
  async (context) => {
    const { headers } = context.req.raw;
    if (!isMeant(context.req.raw)) return compatRefusal(403, 'Forbidden');
    try {
      const limits = deps.limits.write('votes of Yotpo’s clients', headers);
      return await sendOn(deps, votePath(context), headers, new ArrayBuffer(0), limits);
    } catch (failure) {
      return compatFailure(failure);
    }
  };

function votePath(context: Context): string {
  const [kind, id, direction] = ['kind', 'id', 'direction'].map((name) => parameter(context, name));
  return `/${kind}/${id}/vote/${direction}${context.req.path.endsWith('/true') ? '/true' : ''}`;
}

/** Nobody has clicked on what is only looked at, or what a browser fetches ahead. */
const isMeant = ({ method, headers }: Request): boolean =>
  method !== 'HEAD' &&
  !/prefetch/i.test(`${headers.get('sec-purpose') ?? ''} ${headers.get('purpose') ?? ''}`);

/** For the limits alone: the origin reads the body by itself. */
function shopNamedIn(body: ArrayBuffer): string {
  const text = new TextDecoder().decode(body);
  try {
    const { appkey } = JSON.parse(text) as { appkey?: unknown };
    return typeof appkey === 'string' ? appkey : '';
  } catch {
    return new URLSearchParams(text).get('appkey') ?? '';
  }
}

/** Thank-you pages ask for it. Nobody is followed here, so nothing is written down. */
const countNothing = (): Response =>
  new Response(PIXEL, {
    headers: { ...SAFE_FIELDS, 'cache-control': 'no-store', 'content-type': 'image/gif' },
  });
