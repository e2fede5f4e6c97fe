/** Reviews of the gallery's one product, made up for it. */
import type { ReviewForm } from '@plaudit/sdk';
import type { TestReview } from '@plaudit/sdk/testing';

export type Reviews = readonly TestReview[];
type PhotoUrl = (name: string) => string;

const photos = (photoUrl: PhotoUrl, ...names: string[]): Pick<TestReview, 'media'> => ({
  media: names.map((name) => ({ kind: 'photo', url: photoUrl(name) })),
});

/** What the shop asks its reviewers. */
export const FORM: ReviewForm = {
  questions: [
    { id: 'fit', kind: 'scale', label: 'Fit' },
    { id: 'size', kind: 'single', label: 'Size bought', options: ['S', 'M', 'L'] },
  ],
};

const SIZES = ['S', 'M', 'L'];
const LANDS = [
  { locale: 'en', country: 'GB' },
  { locale: 'en', country: 'IE' },
  { locale: 'de', country: 'DE' },
];

/** What a review says beside its words, by its place in the list. */
const answered = (index: number): Partial<TestReview> => ({
  ...LANDS[index % LANDS.length],
  answers: [
    { question: 'fit', label: 'Fit', value: 3 + (index % 3) },
    { question: 'size', label: 'Size bought', value: SIZES[index % SIZES.length] ?? 'M' },
  ],
});

/** As a shop has them. */
export const everydayReviews = (photoUrl: PhotoUrl): Reviews =>
  writtenReviews(photoUrl).map((review, index) => ({ ...answered(index), ...review }));

const writtenReviews = (photoUrl: PhotoUrl): Reviews => [
  {
    rating: 5,
    title: 'Warm without weight',
    body: 'Worn on the hill in the rain and at the desk the day after. It smells of nothing and looks as new.',
    author: 'Maren T.',
    verified: true,
    ...photos(photoUrl, 'blanket-fell', 'pack-ridge'),
  },
  {
    rating: 4,
    title: 'Sleeves a little long',
    body: 'The sleeves are long, so I roll them up. Otherwise it fits as the table says.',
    author: 'Jo',
    verified: true,
    helpful: { up: 7, down: 1 },
    reply: {
      body: 'Thank you. We have told the knitters; the next ones are two centimetres shorter.',
    },
  },
  {
    rating: 5,
    body: 'My third. The first is still worn.',
    author: 'Anselm',
    incentivized: true,
    incentive: 'coupon',
    ...photos(photoUrl, 'hammock-elm', 'lamp-dusk'),
  },
  { rating: 3, title: 'Greener than in the picture', body: 'In daylight more moss than grey.' },
  {
    rating: 2,
    title: 'Itches',
    body: 'Not on bare skin, not for me.',
    author: 'Pilar',
    verified: true,
  },
  ...Array.from({ length: 9 }, (_, index): TestReview => ({
    rating: index % 3 === 0 ? 4 : 5,
    body: index % 2 === 0 ? 'Does what it should, as good wool does.' : 'Does what it should.',
    author: `Reader ${index + 1}`,
  })),
];

/** Of the shop itself. */
export const SITE_REVIEWS: Reviews = [
  {
    rating: 5,
    title: 'Sent the same day',
    body: 'Ordered before noon, worn the evening after. Wrapped in paper, no plastic.',
    author: 'Maren T.',
    verified: true,
  },
  {
    rating: 4,
    title: 'An exchange without a fuss',
    body: 'The first size was too small. One letter, one label, and the next one came.',
    author: 'Jo',
    verified: true,
    reply: { body: 'Thank you. The label is in every parcel now.' },
  },
  { rating: 3, body: 'Kind people, but nobody answers on Mondays.', author: 'Anselm' },
];

/** What breaks pages that were drawn with short words in mind. */
export const longReviews = (photoUrl: PhotoUrl): Reviews => [
  {
    rating: 5,
    title:
      'A title that goes on and on, as if there were no body below it that could say the rest of it '.repeat(
        2,
      ),
    body: 'It is a jumper, and there is much to be said of jumpers. '.repeat(60),
    author: 'Maximiliane-Charlotte von und zu Hohenstein-Wolkersdorf und Untergrafenwiesen',
    verified: true,
    incentivized: true,
    reply: { body: 'And we have much to say in return. '.repeat(30) },
    ...photos(
      photoUrl,
      'blanket-fell',
      'pack-ridge',
      'hammock-elm',
      'lamp-dusk',
      'clock-noon',
      'mug-harbour',
    ),
  },
  {
    rating: 1,
    title: 'W'.repeat(300),
    body: 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft'.repeat(
      8,
    ),
    author: 'x'.repeat(100),
  },
  { rating: 4, body: Array.from({ length: 20 }, (_, line) => `Line ${line + 1}`).join('\n') },
  { rating: 3, title: '👩‍👩‍👧‍👦'.repeat(40), body: 'Z͎͑a̩͈l̲g̳̉o '.repeat(30), author: '🧶' },
];

/** Of a shop that writes from the right. */
export const arabicReviews = (photoUrl: PhotoUrl): Reviews => [
  {
    rating: 5,
    title: 'دافئ وخفيف',
    body: 'لبسته في المطر ثم في المكتب في اليوم التالي. ما زال كأنه جديد.',
    author: 'سلمى',
    locale: 'ar',
    verified: true,
    ...photos(photoUrl, 'blanket-fell', 'pack-ridge', 'hammock-elm'),
  },
  {
    rating: 4,
    title: 'الأكمام طويلة قليلا',
    body: 'أطويها، وما عدا ذلك فالمقاس صحيح.',
    author: 'يوسف',
    locale: 'ar',
    reply: { body: 'شكرا لك، سنخبر المشغل.' },
  },
  {
    rating: 2,
    title: 'Itches',
    body: 'Not on bare skin, not for me.',
    author: 'Pilar',
    locale: 'en',
  },
];
