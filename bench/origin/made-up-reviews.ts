/** Reviews that are made up but the same every time: products and words by Zipf's law, in no order. */
import { mulberry32, zipf } from '../measure/chance.ts';

export const REVIEWS_PER_PRODUCT = 20;

const SEED = 1_000_000;
const VOCABULARY = 20_000;
const SYLLABLES = ['ba', 'do', 'fi', 'ge', 'ku', 'la', 'mo', 'ne', 'pi', 'ra', 'su', 'te', 'vo'];
const BODY_WORDS = { least: 8, most: 60 };
const START_MS = Date.UTC(2023, 0, 1);
const YEARS_MS = 3 * 365 * 86_400_000;

/** Said in half of the reviews with one star, and in no other. */
export const COMPLAINT = 'broke';

/** The word that is the n-th most common one; the most common stands in nearly every review. */
export function wordOf(rank: number): string {
  let word = '';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    word += SYLLABLES[rest % SYLLABLES.length];
  }
  return word;
}

/** The shop's id of the product with the n-th most reviews. */
export const productOf = (rank: number): string => `product-${rank}`;

export interface MadeUpReview {
  /** Of the product: 0 has most reviews. */
  rank: number;
  rating: number;
  title: string;
  body: string;
  verified: boolean;
  incentivized: boolean;
  locale: string;
  country: string;
  status: 'published' | 'pending';
  mediaCount: number;
  votesUp: number;
  votesDown: number;
  /** RFC 3339. */
  createdAt: string;
}

/** Makes reviews up, of so many products. */
export function* makeUpReviews(count: number, products: number): Generator<MadeUpReview> {
  const random = mulberry32(SEED);
  const chooseProduct = zipf(products, 1, random);
  const chooseWord = zipf(VOCABULARY, 1, random);
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordOf(rank));
  const text = (length: number): string =>
    Array.from({ length }, () => words[chooseWord()]).join(' ');
  for (let row = 0; row < count; row++) {
    const rating = choose(RATINGS, random);
    const length = BODY_WORDS.least + Math.floor(random() * (BODY_WORDS.most - BODY_WORDS.least));
    const complaint = rating === 1 && random() < 0.5 ? ` ${COMPLAINT}` : '';
    yield {
      rank: chooseProduct(),
      rating,
      title: text(3),
      body: text(length) + complaint,
      verified: random() < 0.7,
      incentivized: random() < 0.05,
      ...choose(PLACES, random),
      status: random() < 0.97 ? 'published' : 'pending',
      mediaCount: random() < 0.1 ? 1 + Math.floor(random() * 3) : 0,
      votesUp: Math.floor(random() ** 6 * 30),
      votesDown: Math.floor(random() ** 8 * 10),
      createdAt: new Date(START_MS + Math.floor(random() * YEARS_MS)).toISOString(),
    };
  }
}

/** What may come, and how often of all times. */
type Shares<T> = readonly (readonly [value: T, share: number])[];

const RATINGS: Shares<number> = [
  [5, 0.62],
  [4, 0.2],
  [3, 0.08],
  [2, 0.04],
  [1, 0.06],
];
/** The last is one that hardly anybody writes in. */
const PLACES: Shares<{ locale: string; country: string }> = [
  [{ locale: 'en-US', country: 'US' }, 0.6],
  [{ locale: 'de-DE', country: 'DE' }, 0.25],
  [{ locale: 'fr', country: 'FR' }, 0.1499],
  [{ locale: 'is', country: 'IS' }, 0.0001],
];

function choose<T>(shares: Shares<T>, random: () => number): T {
  let left = random();
  for (const [value, share] of shares) if ((left -= share) < 0) return value;
  const [[first] = []] = shares;
  if (first === undefined) throw new RangeError('There is nothing to choose from.');
  return first;
}
