/**
 * `GET /assets/{name}`: hashed, immutable files. On Cloudflare the platform serves them before the
 * Worker runs; on plain workerd a disk service has the bytes and this route knows what they are.
 */
import { ASSETS_PREFIX } from '@plaudit/contract';
import { ownStatus, problem, SAFE_FIELDS } from '../storefront/answers.ts';
import { chooseCoding, type Coding } from '../storefront/encoding.ts';
import type { AssetSource } from '../config.ts';
import { parameter, type Deps, type Route } from './context.ts';

const CONTENT_TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const SUFFIXES: Record<Coding, string> = { br: '.br', gzip: '.gz', identity: '' };
const NAME = /^[\w-]+(?:\.[\w-]+)*\.(?<extension>[a-z0-9]+)$/;

export const getAsset =
  (deps: Deps): Route =>
  async (context) => {
    const name = parameter(context, 'name');
    const contentType = CONTENT_TYPES[NAME.exec(name)?.groups?.['extension'] ?? ''];
    if (!contentType) return problem('not-found');
    const coding = chooseCoding(context.req.header('accept-encoding') ?? null);
    const found =
      (coding === 'identity' ? undefined : await find(deps.assets, name, coding)) ??
      (await find(deps.assets, name, 'identity'));
    if (!found) return problem('not-found');
    const headers: Record<string, string> = {
      ...SAFE_FIELDS,
      'cache-control': 'public, max-age=31536000, immutable',
      'cache-status': ownStatus({ detail: 'asset' }),
      'content-type': contentType,
      vary: 'Accept-Encoding',
    };
    const length = found.response.headers.get('content-length');
    if (length !== null) headers['content-length'] = length;
    if (found.coding !== 'identity') headers['content-encoding'] = found.coding;
    return new Response(found.response.body, { headers, encodeBody: 'manual' });
  };

async function find(
  assets: AssetSource,
  name: string,
  coding: Coding,
): Promise<{ response: Response; coding: Coding } | undefined> {
  const url = `https://assets.invalid${ASSETS_PREFIX}${name}${SUFFIXES[coding]}`;
  const response = await assets.fetch(new Request(url));
  if (response.status === 200) return { response, coding };
  await response.body?.cancel();
  return undefined;
}
