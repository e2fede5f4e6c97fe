import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createProductMatcher } from './match-products.ts';

/** A matcher for a shop that knows some products, and what it was asked for. */
function matcherOf(known: readonly string[], rememberedMax?: number) {
  const asked: string[] = [];
  const findKnown = async (ids: Iterable<string>) => {
    const all = [...ids];
    asked.push(...all);
    return new Set(all.filter((id) => known.includes(id)));
  };
  return { ...createProductMatcher(findKnown, rememberedMax), asked };
}
const named = (...ids: string[]) => ids.map((productId) => ({ productId, otherProductIds: [] }));

test.each([
  [['77', 'kettle', 'K-1'], ['kettle'], 'kettle'],
  [['77', 'kettle', 'K-1'], ['K-1'], 'K-1'],
  [['77', 'kettle'], ['kettle', '77'], '77'],
  [['77', 'kettle'], [], '77'],
])('of %j a shop that knows %j means %s', async ([productId = '', ...others], known, expected) => {
  const { match } = matcherOf(known);
  expect(await match([{ productId, otherProductIds: others }])).toEqual([expected]);
});

test('counts each product once that the shop did not know', async () => {
  const { match, newProducts } = matcherOf(['mug']);
  await match(named('mug', 'pot', 'pan', 'pot'));
  await match(named('pan', 'lid'));
  expect(newProducts()).toBe(3);
});

test('a product that a row makes is the one that later rows mean by any name', async () => {
  const { match } = matcherOf([]);
  expect(await match(named('kettle'))).toEqual(['kettle']);
  expect(await match([{ productId: '77', otherProductIds: ['kettle'] }])).toEqual(['kettle']);
});

test('asks for a name once', async () => {
  const { match, asked } = matcherOf(['mug']);
  await match(named('mug', 'pot', 'mug'));
  await match(named('pot', 'mug', 'pan'));
  expect(asked).toEqual(['mug', 'pot', 'pan']);
});

test('matches the same however little it remembers', async () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const naming = fc.record({ productId: id, otherProductIds: fc.array(id, { maxLength: 2 }) });
  const batches = fc.array(fc.array(naming, { maxLength: 4 }), { maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(batches, fc.subarray(['a', 'b', 'c']), async (all, known) => {
      const [forgetful, mindful] = [matcherOf(known, 0), matcherOf(known)];
      for (const batch of all)
        expect(await forgetful.match(batch)).toEqual(await mindful.match(batch));
      expect(forgetful.newProducts()).toBe(mindful.newProducts());
    }),
  );
});
