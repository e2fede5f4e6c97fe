/** Ids that an API has told, by the list that they are in, to be sent back to it. */
import * as fc from 'fast-check';

const KEPT = 40;
/** The lists whose ids a parameter or a field may name. */
const LIST_OF: Record<string, string> = {
  reviewId: 'reviews',
  questionId: 'questions',
  answerId: 'answers',
  productId: 'products',
  product: 'products',
  variantId: 'variants',
  orderId: 'orders',
  webhookId: 'webhooks',
  importId: 'imports',
  version: 'versions',
  cursor: 'next',
  etag: 'etag',
};

/** Makes a memory that is empty. */
export function createKnownIds() {
  const lists = new Map<string, string[]>();

  function learn(list: string, id: unknown): void {
    if (typeof id !== 'string' || id === '') return;
    lists.set(list, [...(lists.get(list) ?? []), id].slice(-KEPT));
  }

  /** Keeps what an answer tells, under the name of the list that it is in. */
  function learnFrom(value: unknown, list: string): void {
    if (Array.isArray(value)) for (const one of value.slice(0, 5)) learnFrom(one, list);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === 'id') learn(list, inner);
      else if (name === 'next' || LIST_OF[name] !== undefined) learn(LIST_OF[name] ?? name, inner);
      else learnFrom(inner, name);
    }
  }

  /** One of those that a parameter of this name may be, where it names any; what is drawn depends on what was learnt. */
  function any(name: string): fc.Arbitrary<string> | undefined {
    const list = LIST_OF[name];
    if (list === undefined) return undefined;
    return fc.nat(KEPT).map((n) => {
      const all = lists.get(list) ?? [];
      return all[n % Math.max(1, all.length)] ?? 'unknown';
    });
  }
  return { learn, learnFrom, any };
}
