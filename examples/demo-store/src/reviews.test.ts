import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readCatalogue } from './catalogue.ts';

interface DemoReview {
  id: string;
  product_id: string;
  rating: number;
  title?: string;
  body?: string;
  email?: string;
  created_at: string;
  locale: string;
}

const read = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const reviews = readFileSync(read('../data/reviews.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as DemoReview);
const catalogue = readCatalogue(read('../data/catalogue.json'));

test('there are some two hundred, each known by its own id, of products on the shelf', () => {
  expect(reviews.length).toBeGreaterThanOrEqual(180);
  expect(reviews.length).toBeLessThanOrEqual(240);
  expect(new Set(reviews.map(({ id }) => id)).size).toBe(reviews.length);
  for (const { product_id } of reviews) expect([...catalogue.keys()]).toContain(product_id);
});

test('they are in many languages, good and bad', () => {
  expect(new Set(reviews.map(({ locale }) => locale)).size).toBeGreaterThanOrEqual(8);
  for (const star of [1, 2, 3, 4, 5]) {
    expect(reviews.filter(({ rating }) => rating === star).length).toBeGreaterThan(5);
  }
  expect(reviews.every(({ rating }) => Number.isInteger(rating))).toBe(true);
});

test('no two texts are the same, and every date is one', () => {
  const bodies = reviews.map(({ body }) => body).filter(Boolean);
  expect(new Set(bodies).size).toBe(bodies.length);
  for (const { created_at } of reviews) {
    expect(created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.parse(created_at)).not.toBeNaN();
  }
});

test('every address is one that nobody has', () => {
  for (const { email = 'nobody@example.com' } of reviews) expect(email).toMatch(/@example\.com$/);
});

test('one product has none, so that the empty state can be seen', () => {
  const reviewed = new Set(reviews.map(({ product_id }) => product_id));
  expect([...catalogue.keys()].filter((id) => !reviewed.has(id))).toHaveLength(1);
});
