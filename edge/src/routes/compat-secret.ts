/**
 * What a shop's own servers send that were written for Yotpo, with the shop's token: it goes straight
 * through to the origin and nothing of it is kept. No page of another origin may read the answers.
 */
import { CLIENT_ADDRESS_FIELD } from '@plaudit/contract';
import type { Hono } from 'hono';
import { endToEnd } from '../cache/fields.ts';
import { SAFE_FIELDS } from '../storefront/answers.ts';
import { clientAddress } from '../storefront/client-address.ts';
import { SECRET_PATTERNS } from '../storefront/compat-paths.ts';
import { compatFailure } from './compat.ts';
import type { Deps, Route } from './context.ts';
import { readBody } from './storefront-write.ts';

/** Some hundred orders at once. */
const BODY_MAX_BYTES = 512 * 1024;
const FORWARDED = ['authorization', 'content-type', 'user-agent', 'x-yotpo-token'];
const RETURNED = [
  'content-type',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'www-authenticate',
];

export function addCompatSecrets(app: Hono, deps: Deps): void {
  for (const pattern of SECRET_PATTERNS) app.all(pattern, passOn(deps));
}

const passOn =
  (deps: Deps): Route =>
  async (context) => {
    const request = context.req.raw;
    try {
      const limited = deps.limits.miss(request.headers);
      if (limited) throw limited;
      const body = await readBody(request, BODY_MAX_BYTES);
      if (body instanceof Response) return body;
      const { pathname, search } = new URL(request.url);
      const answer = await deps.origin.proxy(pathname + search, {
        method: request.method,
        headers: forwarded(request.headers, deps.config.clientAddressHeader),
        body: body.byteLength > 0 ? new Response(body).body : null,
      });
      return toPrivate(answer);
    } catch (failure) {
      return compatFailure(failure);
    }
  };

function forwarded(client: Headers, addressHeader: string | undefined): Headers {
  const headers = new Headers({ accept: 'application/json', 'accept-encoding': 'identity' });
  for (const name of FORWARDED) {
    const value = client.get(name);
    if (value !== null) headers.set(name, value);
  }
  const address = clientAddress(client, addressHeader);
  if (address !== undefined) headers.set(CLIENT_ADDRESS_FIELD, address);
  return headers;
}

function toPrivate({ status, body, headers: from }: Response): Response {
  const { 'access-control-allow-origin': _public, ...safe } = SAFE_FIELDS;
  const headers: Record<string, string> = { ...safe, 'cache-control': 'private, no-store' };
  const fields = endToEnd(from);
  for (const name of RETURNED) {
    const value = fields[name];
    if (value !== undefined) headers[name] = value;
  }
  return new Response(body, { status, headers, encodeBody: 'manual' });
}
