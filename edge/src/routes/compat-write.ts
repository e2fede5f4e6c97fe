/**
 * What the forms of themes written for Yotpo send. The shop stands in the body there, and votes come by
 * GET as well as by POST.
 */
import type { Context, Hono } from 'hono';
import { SAFE_FIELDS } from '../storefront/answers.ts';
import { compatFailure } from './compat.ts';
import { parameter, type Deps, type Route } from './context.ts';
import { readBody, sendOn } from './storefront-write.ts';

const WITH_SHOP_IN_BODY = [
  '/v1/widget/reviews',
  '/reviews/dynamic_create',
  '/questions/send_confirmation_mail',
];
const VOTE = '/:kind{reviews|answers}/:id{[0-9]{1,15}}/vote/:direction{up|down}';
/** The last part takes the vote back. */
const VOTES = [VOTE, `${VOTE}/:undo{true}`];

/** One transparent pixel. */
const PIXEL = Uint8Array.from(
  atob('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'),
  (letter) => letter.charCodeAt(0),
);

/** @param preflight answers the browsers that ask before they send JSON */
export function addCompatWrites(app: Hono, deps: Deps, preflight: () => Response): void {
  for (const path of WITH_SHOP_IN_BODY) {
    app.post(path, writeOf(deps, path));
    app.options(path, preflight);
  }
  for (const pattern of VOTES) {
    app.on(['GET', 'POST'], pattern, vote(deps));
    app.options(pattern, preflight);
  }
  app.get('/conversion_tracking.gif', countNothing);
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

const vote =
  (deps: Deps): Route =>
  async (context) => {
    const { headers } = context.req.raw;
    // Nobody has clicked on what a browser only fetches ahead.
    if (isPrefetch(headers)) return refuse(403, 'Forbidden');
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

const isPrefetch = (headers: Headers): boolean =>
  /prefetch/i.test(`${headers.get('sec-purpose') ?? ''} ${headers.get('purpose') ?? ''}`);

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

const refuse = (code: number, message: string): Response =>
  Response.json(
    { status: { code, message } },
    { status: code, headers: { ...SAFE_FIELDS, 'cache-control': 'no-store' } },
  );

/** Thank-you pages ask for it. Nobody is followed here, so nothing is written down. */
const countNothing = (): Response =>
  new Response(PIXEL, {
    headers: { ...SAFE_FIELDS, 'cache-control': 'no-store', 'content-type': 'image/gif' },
  });
