/** Every route of the demo store on one screen. */
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import type { Catalogue } from './catalogue.ts';
import type { Frame } from './pages/layout.ts';
import { createBackstage, type Backstage } from './gallery/backstage.ts';
import { galleryPage, worldPage } from './gallery/pages.ts';
import { WORLDS } from './gallery/worlds.ts';
import { listing } from './pages/listing.ts';
import { notFoundPage, productPage } from './pages/product.ts';
import { drawPicture } from './picture.ts';
import { securityPolicy } from './security-policy.ts';

const STATIC_ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What the store is made of. */
export interface StoreOptions {
  catalogue: Catalogue;
  edgeUrl: string;
  appKey: string;
  notice: string;
  /** What stands behind the gallery's pages. */
  backstage?: Backstage;
}

/** The store as one function from request to answer. */
export function createStore({
  catalogue,
  edgeUrl,
  appKey,
  notice,
  backstage = createBackstage(edgeUrl, appKey),
}: StoreOptions): Hono {
  const named = [...catalogue.values()].map(({ category }) => category).filter(Boolean);
  const categories = [...new Set(named)];
  const frame: Frame = { edgeUrl, appKey, notice, categories };
  const app = new Hono();
  app.use(async (context, next) => {
    await next();
    context.header('content-security-policy', securityPolicy(edgeUrl, context.req.path));
    context.header('x-content-type-options', 'nosniff');
    context.header('referrer-policy', 'strict-origin-when-cross-origin');
    context.header('cross-origin-opener-policy', 'same-origin');
    context.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
  });
  app.use('/static/*', serveStatic({ root: STATIC_ROOT }));
  app.get('/pictures/:file{.+\\.svg}', (context) => {
    const id = context.req.param('file').slice(0, -'.svg'.length);
    return context.body(drawPicture(id), 200, { 'content-type': 'image/svg+xml' });
  });
  app.get('/', (context) => {
    const { category = '', q = '', page = '1' } = context.req.query();
    const query = { category, search: q.trim(), page: Number.parseInt(page, 10) || 1 };
    return context.html(listing(frame, catalogue, query));
  });
  app.get('/products/:id', (context) => {
    const product = catalogue.get(context.req.param('id'));
    return product
      ? context.html(productPage(frame, catalogue, product))
      : context.html(notFoundPage(frame), 404);
  });
  app.get('/gallery', (context) => context.html(galleryPage(frame)));
  app.get('/gallery/:world', (context) => {
    const name = context.req.param('world');
    const world = WORLDS[name];
    return world
      ? context.html(worldPage(appKey, name, world))
      : context.html(notFoundPage(frame), 404);
  });
  app.all('/gallery/backstage/:world/:rest{.+}', async (context) => {
    const { world, rest } = context.req.param();
    const answer = await backstage.answer(world, `/${rest}`, context.req.raw);
    return answer ?? context.html(notFoundPage(frame), 404);
  });
  app.notFound((context) => context.html(notFoundPage(frame), 404));
  return app;
}
