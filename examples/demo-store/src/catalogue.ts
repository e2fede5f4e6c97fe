/** What the store sells: its own hand-made catalogue, or the products of imported reviews. */
import { readFileSync } from 'node:fs';
import type { Price } from './price.ts';

/** A product on the shelf. */
export interface Product {
  id: string;
  name: string;
  /** The department it stands in; imported products stand in none. */
  category: string;
  /** Imported products have none. */
  price?: Price;
  description: string;
  details: string[];
  /** How many reviews an import counted; puts the most reviewed first. */
  reviewCount: number;
  /** Where its picture is. */
  picture: string;
}

/** A line of `plaudit product list --json`. */
interface ListedProduct {
  id: string;
  title?: string;
  count: number;
}

/** An entry of `data/catalogue.json`. */
interface OwnProduct {
  id: string;
  name: string;
  category: string;
  price: number;
  currency: string;
  description: string;
  details: string[];
}

/** All products, in the order of the shelf. */
export type Catalogue = ReadonlyMap<string, Product>;

/**
 * Reads a catalogue.
 * @throws when the file is missing or is no JSON
 */
export function readCatalogue(path: string): Catalogue {
  const text = readFileSync(path, 'utf8');
  const products = text.trimStart().startsWith('[')
    ? (JSON.parse(text) as OwnProduct[]).map(fromOwn)
    : text
        .split('\n')
        .filter(Boolean)
        .map((line) => fromListed(JSON.parse(line) as ListedProduct));
  const ordered = products.toSorted((a, b) => b.reviewCount - a.reviewCount);
  return new Map(ordered.map((product) => [product.id, product]));
}

const fromOwn = ({ price, currency, ...product }: OwnProduct): Product => ({
  ...product,
  price: { amount: price, currency },
  reviewCount: 0,
  picture: `/static/products/${product.id}.svg`,
});

const fromListed = ({ id, title, count }: ListedProduct): Product => ({
  id,
  name: title ?? `Product ${id}`,
  category: '',
  description: 'This product comes from an imported review file, which says no more about it.',
  details: [],
  reviewCount: count,
  picture: `/pictures/${encodeURIComponent(id)}.svg`,
});
