import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseTopics } from './choose.ts';
import { countPhrases, findFrequent, phrasesOf } from './phrases.ts';
import { quoteOf } from './quote.ts';

const all = () => true;

describe('phrases', () => {
  test.each([
    ['The battery life is long.', ['battery', 'battery life', 'life', 'life is long', 'long']],
    ['Ease of assembly!', ['ease', 'ease of assembly', 'assembly']],
    ['Battery, life', ['battery', 'life']],
    ['DER DECKEL schließt', ['deckel', 'deckel schließt', 'schließt']],
    ['it is 100 or so', []],
    ['', []],
  ])('of %j are %j', (text, expected) => {
    expect([...phrasesOf(text, all)].toSorted()).toEqual(expected.toSorted());
  });

  test('count a review once, however often it says the same', async () => {
    const counts = await countPhrases(['lid lid. The lid!', 'lid'], all);
    expect(counts.get('lid')).toBe(2);
  });

  test('that are frequent are those that counting every one of them finds', async () => {
    const word = fc.constantFrom('lid', 'spout', 'handle', 'the', 'of', 'boils', 'x9');
    const text = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (texts) => {
        const every = [...(await countPhrases(texts, all))].filter(([, count]) => count >= 3);
        expect(await findFrequent(texts, 3)).toEqual(new Map(every));
      }),
    );
  });
});

describe('topics', () => {
  const counts = (entries: Record<string, number>, of: number) => ({
    counts: new Map(Object.entries(entries)),
    of,
  });

  test('are frequent here and rare in the shop', () => {
    const own = counts({ spout: 10, delivery: 12 }, 40);
    const shop = counts({ spout: 12, delivery: 900 }, 2000);
    expect(chooseTopics(own, shop).map(({ topic }) => topic)).toEqual(['spout', 'delivery']);
  });

  test('are whole phrases rather than their words, and none holds another', () => {
    const own = counts({ battery: 12, life: 11, 'battery life': 10, battery2: 4 }, 40);
    const shop = counts({ battery: 20, life: 400, 'battery life': 11 }, 2000);
    expect(chooseTopics(own, shop)).toEqual([
      { topic: 'battery life', count: 10 },
      { topic: 'battery2', count: 4 },
    ]);
  });

  test('leave out what nearly everyone says, and are few', () => {
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`word${n}`, 5 + n]));
    const chosen = chooseTopics(counts(many, 60), counts({}, 1000));
    expect(chosen).toHaveLength(8);
    expect(chosen.every(({ count }) => count <= 36)).toBe(true);
  });
});

describe('a quote', () => {
  test('is the sentence that holds the topic', () => {
    const text = 'Nice.\nIt boils. The lid fits   well! Bye.';
    expect(quoteOf(text, 'lid')).toBe('The lid fits well!');
    expect(quoteOf(text, 'spout')).toBeUndefined();
  });

  test('of a long sentence is cut between words, and holds the topic still', () => {
    const words = fc.array(fc.constantFrom('word', 'größer', '🦀', 'and'), { maxLength: 120 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        const quote = quoteOf([...before, 'spout', ...after].join(' '), 'spout') ?? '';
        expect(quote).toContain('spout');
        expect(quote.length).toBeLessThanOrEqual(164);
        expect(quote.isWellFormed()).toBe(true);
        const known = new Set([...before, 'spout', ...after, '…']);
        expect(quote.split(' ').filter((word) => !known.has(word))).toEqual([]);
      }),
    );
  });
});
