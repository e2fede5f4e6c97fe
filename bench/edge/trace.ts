/**
 * What visitors of a hundred shops ask an edge for, made up but the same every time: popular and
 * forgotten products by Zipf's law, listing pages, second pages and filters, crawlers that read a
 * whole catalogue once, and reviews published at random.
 */
import { mulberry32, zipf } from '../measure/chance.ts';

export type Event =
  | {
      readonly kind: 'reviews';
      readonly shop: string;
      readonly product: string;
      readonly search: string;
    }
  | { readonly kind: 'listing'; readonly shop: string; readonly products: readonly string[] }
  | { readonly kind: 'publish'; readonly shop: string; readonly product: string };

interface Catalogue {
  readonly shop: string;
  readonly size: number;
}

export const SHOPS = 100;
export const PRODUCTS = 100_000;

const LISTING_SIZE = 48;
/** Shares of all events; the rest are first pages of reviews. */
const PUBLISH_SHARE = 0.002;
const LISTING_SHARE = 0.25;
const MORE_SHARE = 0.08;
const CRAWL_SHARE = 0.07;
/** Exponents: few big shops, and a long tail of products in each. */
const SHOP_SKEW = 0.8;
const PRODUCT_SKEW = 0.9;
const MORE_SEARCHES = ['?cursor=p2', '?cursor=p3', '?sort=newest', '?rating=5', '?sort=lowest'];

/** Never ends. @param seed the same one gives the same events */
export function* makeTrace(seed: number): Generator<Event, never> {
  const random = mulberry32(seed);
  const shops = makeCatalogues();
  const chooseShop = zipf(SHOPS, SHOP_SKEW, random);
  const chooseProduct = shops.map(({ size }) => zipf(size, PRODUCT_SKEW, random));
  const crawlers = shops.map(() => 0);
  for (;;) {
    const number = chooseShop();
    const { shop, size } = shops[number] ?? { shop: '', size: 1 };
    const product = (): string => String(chooseProduct[number]?.() ?? 0);
    let share = random();
    if ((share -= PUBLISH_SHARE) < 0) {
      yield { kind: 'publish', shop, product: product() };
    } else if ((share -= LISTING_SHARE) < 0) {
      yield { kind: 'listing', shop, products: Array.from({ length: LISTING_SIZE }, product) };
    } else if ((share -= MORE_SHARE) < 0) {
      const search = MORE_SEARCHES[Math.floor(random() * MORE_SEARCHES.length)] ?? '';
      yield { kind: 'reviews', shop, product: product(), search };
    } else if ((share -= CRAWL_SHARE) < 0) {
      const at = crawlers[number] ?? 0;
      crawlers[number] = (at + 1) % size;
      yield { kind: 'reviews', shop, product: String(at), search: '' };
    } else {
      yield { kind: 'reviews', shop, product: product(), search: '' };
    }
  }
}

/** Shops by size; together they have all products. */
function makeCatalogues(): Catalogue[] {
  const weights = Array.from({ length: SHOPS }, (_, rank) => (rank + 1) ** -SHOP_SKEW);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight, rank) => ({
    shop: `shop${rank}`,
    size: Math.max(LISTING_SIZE, Math.round((PRODUCTS * weight) / total)),
  }));
}
