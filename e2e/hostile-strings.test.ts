/**
 * UG05: what visitors and files write is read in linear time, however long and odd it is. Where a limit of size comes
 * first it is met by these functions' callers; here they get 100 KB whole.
 */
import { describe, expect, test } from 'vitest';
import {
  chooseLanguage,
  DEFAULT_SETTINGS,
  parseQuestionQuery,
  parseRatingIds,
  parseReviewQuery,
  REVIEW_PARAMETERS,
} from '../contract/src/index.ts';
import {
  questionSubmission,
  reviewEdit,
  reviewSubmission,
  settings,
  voteSubmission,
} from '../contract/src/schema.ts';
import { networkOf } from '../edge/src/storefront/client-address.ts';
import { hasContact, hasLink } from '../origin/src/domain/moderation/find-contacts.ts';
import { imitates } from '../origin/src/domain/moderation/imitates.ts';
import { hasPhrase, toWords } from '../origin/src/domain/moderation/words.ts';
import { quoteOf } from '../origin/src/domain/topics/quote.ts';
import { FIELDS, findColumns } from '../origin/src/exchange/columns.ts';
import { toEntityText } from '../origin/src/exchange/foreign-cell.ts';
import { RecordError, toImportedReview } from '../origin/src/exchange/imported-review.ts';
import { detectDelimiter, readCsv } from '../origin/src/exchange/read-csv.ts';
import { DATE_FORMATS, readDate } from '../origin/src/exchange/read-date.ts';
import { readJsonLines } from '../origin/src/exchange/read-json-lines.ts';
import { readRating } from '../origin/src/exchange/read-rating.ts';
import { isTooDeep } from '../origin/src/http/is-too-deep.ts';
import { createText } from '../widgets/src/text.ts';

const LENGTH = 100_000;
/** The time of the whole length over that of a sixteenth: 16 where it is linear, 256 and more where it is not. */
const GROWTH_MAX = 128;
/** Less than this is not told apart from nothing. */
const LEAST_MS = 4;

const PIECES = [
  'a',
  '\u0301',
  '0',
  ' ',
  '\\',
  '"',
  '",',
  '.',
  '-',
  '@',
  '[',
  '{"a":',
  '{a}',
  '{{',
  '&amp;',
  '%',
  'a.',
  '@a.',
  '1,',
  '12 ',
  ' https:',
  ',http:',
  'not ',
];
const hostile = PIECES.flatMap((piece) =>
  ['', '!'].map((end) => (length: number) => `${piece.repeat(length / piece.length)}${end}`),
);

const toSearch = (name: string, value: string): URLSearchParams =>
  new URLSearchParams({ [name]: value });

type Reader = (text: string) => unknown;

async function* inChunks(text: string) {
  for (let at = 0; at < text.length; at += 16_384) yield text.slice(at, at + 16_384);
}

/** What reading a file comes to; that it says no is an answer. */
async function drain(records: AsyncIterable<unknown>): Promise<void> {
  try {
    for await (const _ of records);
  } catch {
    // A file may be none.
  }
}

const READING = {
  ratingScale: 5,
  dateFormat: 'yyyy-mm-dd',
  decodeEntities: true,
  unguardFormulas: true,
  hasPlainLists: false,
} as const;

/** Those that a record is refused for have readers of their own. */
const CELLS = FIELDS.filter(
  (field) => !/^product(?:Id|Handle|Sku)$|At$|^rating$|^answers$/.test(field),
);

function readRecord(text: string): void {
  const columns = Object.fromEntries(CELLS.map((field) => [field, field]));
  const cells = Object.fromEntries(CELLS.map((field) => [field, text]));
  try {
    toImportedReview(
      { ...cells, stars: '5', cf_own: text },
      { ...READING, columns: { ...columns, rating: 'stars' }, questions: ['cf_own'] },
    );
  } catch (error) {
    // A title of marks alone makes no name of a product, which is an answer as well.
    if (!(error instanceof RecordError)) throw error;
  }
}

const TEXTS = { known: '{a} {count}', decimalMark: '.', groupMark: ',' };
/** As a shop words it, and with what is put into it. */
const message = (text: string): string[] =>
  [text, TEXTS.known].map((known) => {
    const fill = createText({ ...TEXTS, known }, { ...DEFAULT_SETTINGS, locale: 'en' });
    return fill('known', { a: known === text ? 'x' : text, count: 1234567 });
  });

const submission = (text: string) => ({
  rating: 5,
  ...Object.fromEntries(
    ['title', 'body', 'author', 'email', 'locale', 'secret', 'idempotencyKey', 'voter', 'vote'].map(
      (name) => [name, text],
    ),
  ),
  answers: [
    { question: text, value: text },
    { question: 'q', value: [text] },
  ],
  media: [text],
  videos: [text, `https://${text}`],
});

const READERS: Record<string, Reader> = {
  'a review as sent': (text) => reviewSubmission.safeParse(submission(text)),
  'an edit as sent': (text) => reviewEdit.safeParse(submission(text)),
  'a question as sent': (text) => questionSubmission.safeParse(submission(text)),
  'a vote as sent': (text) => voteSubmission.safeParse(submission(text)),
  settings: (text) =>
    settings.safeParse({ locale: text, look: { accentColor: text }, texts: { [text]: text } }),
  'the query of a list': (text) =>
    REVIEW_PARAMETERS.map((name) => parseReviewQuery(toSearch(name, text))),
  'the query of questions': (text) => parseQuestionQuery(toSearch('cursor', text)),
  'ids of products': (text) => parseRatingIds(toSearch('ids', text)),
  'a language': (text) => chooseLanguage(text, new Set(['en'])),
  'a message of the widgets': message,
  'the depth of JSON': isTooDeep,
  'an address of a visitor': networkOf,
  'links in a text': hasLink,
  'contacts in a text': hasContact,
  'words of a text': (text) => hasPhrase(toWords(text), toWords('not worth it')),
  'a name that imitates': (text) => imitates(text, 'Shop'),
  'a quote about a topic': (text) => quoteOf(text, 'battery life'),
  'a date': (text) => DATE_FORMATS.map((format) => readDate(`2024-01-01${text}`, format)),
  'a rating': (text) => readRating(`4.${text}`, 5),
  headings: (text) => findColumns([text, `${text}id`]),
  'a record of a file': readRecord,
  'a cell for others': toEntityText,
  'what separates cells': detectDelimiter,
  'a table': (text) => drain(readCsv(inChunks(text))),
  'lines of JSON': (text) => drain(readJsonLines(inChunks(text))),
};

/** In milliseconds of this thread: how busy the machine is does not count. */
async function timeOf(read: Reader, text: string): Promise<number> {
  const before = process.threadCpuUsage();
  await read(text);
  const { user, system } = process.threadCpuUsage(before);
  return Math.max((user + system) / 1000, LEAST_MS);
}

async function growthOf(read: Reader, write: (length: number) => string): Promise<number> {
  const growths: number[] = [];
  // What is met once by a compiler or a collector at work is no growth.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const long = await timeOf(read, write(LENGTH));
    growths.push(long / (await timeOf(read, write(LENGTH / 16))));
    if (Math.min(...growths) < GROWTH_MAX) break;
  }
  return Math.min(...growths);
}

describe('UG05: reading in linear time', () => {
  test('is told from reading that is not', async () => {
    const slow = (text: string) => /a+[bc]/.test(text.slice(0, text.length / 2));
    expect(await growthOf(slow, (length) => 'a'.repeat(length))).toBeGreaterThan(GROWTH_MAX);
  }, 60_000);

  test.each(Object.entries(READERS))(
    '%s',
    async (_, read) => {
      const slow: string[] = [];
      for (const write of hostile)
        if ((await growthOf(read, write)) >= GROWTH_MAX) slow.push(write(8));
      expect(slow).toEqual([]);
    },
    120_000,
  );
});
