import type { Answer, Question } from '@plaudit/sdk';

const BODIES = [
  'Does it run small? I am between two sizes and would rather not send it back.',
  'Is it warm enough for autumn evenings?',
  'Can I wash it at 40 degrees?',
];
const AUTHORS = ['Maren T.', 'Jo', undefined, 'Ruta K.'];
const HELPFUL = { up: 0, down: 0 };

/** Question number `index` about a product; the same every time. Every third has no answer. */
export function questionAt(productId: string, index: number): Question {
  const author = AUTHORS[index % AUTHORS.length];
  const createdAt = new Date(Date.UTC(2026, 6, 28) - index * 86_400_000).toISOString();
  const byShop: Answer = {
    id: `${productId}-${index}-a`,
    body: 'Take the larger one: it is cut close to the body.',
    byShop: true,
    createdAt,
    helpful: HELPFUL,
  };
  const byBuyer: Answer = {
    id: `${productId}-${index}-b`,
    body: 'I took my usual size and it fits.',
    author: 'Anselm',
    byShop: false,
    createdAt,
    helpful: HELPFUL,
  };
  return {
    id: `${productId}-${index}`,
    productId,
    body: BODIES[index % BODIES.length] ?? '',
    ...(author && { author }),
    createdAt,
    helpful: HELPFUL,
    answers: index % 3 === 2 ? [] : [byShop, byBuyer].slice(0, 2 - (index % 3)),
  };
}
