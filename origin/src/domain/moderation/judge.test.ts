import { describe, expect, test } from 'vitest';
import { judge } from './judge.ts';
import { moderationRules } from './rules.ts';

const by = { author: 'Mara', shopName: 'Acme' };
const rules = (set: Parameters<typeof moderationRules.parse>[0] = {}) => moderationRules.parse(set);

describe('judge', () => {
  test('publishes what no rule holds', () => {
    expect(judge(rules(), 'review', ['Fine', undefined, null], by)).toEqual({
      status: 'published',
      heldBy: null,
    });
  });

  test('names every rule that holds a text, with the shop’s own word', () => {
    const strict = rules({ autoPublish: false, blocklist: ['Casino', 'unseen'] });
    const texts = ['casino', 'at www.example.org or ada@example.com'];
    expect(judge(strict, 'review', texts, by)).toEqual({
      status: 'pending',
      heldBy: [
        { rule: 'all' },
        { rule: 'blocklist', word: 'Casino' },
        { rule: 'links' },
        { rule: 'contacts' },
      ],
    });
  });

  test('keeps each rule to itself', () => {
    const texts = ['www.example.org', 'ada@example.com'];
    expect(judge(rules({ holdLinks: false }), 'review', texts, by).heldBy).toEqual([
      { rule: 'contacts' },
    ]);
    expect(judge(rules({ holdContacts: false }), 'review', texts, by).heldBy).toEqual([
      { rule: 'links' },
    ]);
    expect(
      judge(rules({ holdLinks: false, holdContacts: false }), 'review', texts, by).status,
    ).toBe('published');
  });

  test('lets questions wait unless the shop says otherwise', () => {
    expect(judge(rules(), 'question', ['Is it warm?'], by).heldBy).toEqual([{ rule: 'all' }]);
    const free = rules({ autoPublish: false, autoPublishQuestions: true });
    expect(judge(free, 'question', ['Is it warm?'], by).status).toBe('published');
    expect(judge(free, 'question', ['www.example.org?'], by).heldBy).toEqual([{ rule: 'links' }]);
  });

  test('does not find one word in two texts', () => {
    const strict = rules({ blocklist: ['bad luck'] });
    expect(judge(strict, 'review', ['so bad', 'luck helps'], by).status).toBe('published');
  });

  test('UG02: holds a name that passes for the shop’s, unless the shop lets it', () => {
    const imitated = { author: 'Асme Support', shopName: 'Acme' };
    for (const kind of ['review', 'question'] as const) {
      const free = rules({ autoPublishQuestions: true });
      expect(judge(free, kind, ['Fine'], imitated).heldBy).toEqual([{ rule: 'imitation' }]);
      const lenient = rules({ autoPublishQuestions: true, holdImitations: false });
      expect(judge(lenient, kind, ['Fine'], imitated).status).toBe('published');
    }
  });
});
