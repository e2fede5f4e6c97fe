/**
 * What a list of reviews can be narrowed down to, in two forms: as a condition on a row, and as words and
 * marks to look up in the index of `reviews.search`, where each published review has both.
 */
import type { ReviewQuery } from '@plaudit/contract';
import { eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { reviewAnswers } from '../../db/answers-schema.ts';
import { products, reviews } from '../../db/schema.ts';
import { isGroup, isInList } from '../products/list-of.ts';
import { toTextQuery } from './matches.ts';

/** Whose reviews are read. */
export interface Scope {
  shopId: number;
  /** Of the whole shop where there is none. */
  listId?: number;
}

/** What narrows a list down, without order and place. */
export type Filtering = Omit<ReviewQuery, 'sort' | 'cursor' | 'limit'>;

/** The condition that a review is of a scope. */
export const isInScope = ({ shopId, listId }: Scope): SQL =>
  listId === undefined ? eq(reviews.shopId, shopId) : isInList(listId);

/** The conditions of a filtering; none where it lets everything through. */
export function toConditions(filtering: Filtering): SQL[] {
  const { rating, media, verified, incentivized, locale, country, answer } = filtering;
  const conditions: (SQL | undefined)[] = [
    rating && inArray(reviews.rating, rating),
    media === undefined
      ? undefined
      : media
        ? sql`${reviews.mediaCount} > 0`
        : sql`${reviews.mediaCount} = 0`,
    verified === undefined ? undefined : eq(reviews.verified, verified),
    incentivized === undefined ? undefined : eq(reviews.incentivized, incentivized),
    locale === undefined ? undefined : isInLanguage(locale),
    country === undefined ? undefined : eq(reviews.country, country),
    answer === undefined ? undefined : isAnswered(answer),
    ...toTextQueries(filtering).map((query) => sql`${reviews.search} @@ ${query}`),
  ];
  return conditions.filter((condition) => condition !== undefined);
}

/**
 * The ids of reviews that may match, found without reading along a list: those with one answer, else
 * those that hold all words and marks.
 */
export function toCandidates(scope: Scope, filtering: Filtering): SQL {
  if (filtering.answer === undefined) {
    return sql`select (plaudit_find_reviews(${toSearch(scope, filtering)})).id`;
  }
  return sql`select ${reviewAnswers.reviewId} from ${reviewAnswers}
    where ${isAnsweredIn(scope)} and ${isAnswer(filtering.answer)}`;
}

function isAnsweredIn({ shopId, listId }: Scope): SQL {
  if (listId === undefined) return eq(reviewAnswers.shopId, shopId);
  if (!isGroup(listId)) return eq(reviewAnswers.productId, listId);
  return sql`${reviewAnswers.productId} = any(array(
    select ${products.id} from ${products} where ${products.groupId} = ${listId}))`;
}

/**
 * The same, as rows under the name of `reviews` with all that reviews are ordered by: the first of them
 * are found before anything else of any is read. Of reviews with one answer there are no such rows.
 */
export function toMatches(scope: Scope, filtering: Filtering): SQL | undefined {
  if (filtering.answer !== undefined) return undefined;
  return sql`plaudit_find_reviews(${toSearch(scope, filtering)}) as ${reviews}`;
}

const isAnswered = (answer: string): SQL =>
  sql`exists (select 1 from ${reviewAnswers} where ${reviewAnswers.reviewId} = ${reviews.id}
    and ${isAnswer(answer)})`;

/** `question:value`; the question's id holds no colon. */
function isAnswer(answer: string): SQL {
  const colon = answer.indexOf(':');
  const [question, value] = [answer.slice(0, colon), answer.slice(colon + 1)];
  return sql`${reviewAnswers.question} = ${question} and ${reviewAnswers.value} = ${value}`;
}

/** `de` finds `de` and `de-AT`, in any case; `_` and `%` cannot be in a language tag. */
function isInLanguage(locale: string): SQL | undefined {
  const tag = locale.toLowerCase();
  const column = sql`lower(${reviews.locale})`;
  return or(sql`${column} = ${tag}`, sql`${column} like ${`${tag}-%`}`);
}

/** What a visitor's texts ask for. */
function toTextQueries({ q, topic }: Filtering): SQL[] {
  const texts = [q, topic === undefined ? undefined : quoted(topic)];
  return texts.filter((text) => text !== undefined).map(toTextQuery);
}

/** A phrase: these words side by side. */
const quoted = (text: string): string => `"${text.replaceAll('"', ' ')}"`;

/** All words and marks; null, which finds nothing, where a text holds no word. */
function toSearch(scope: Scope, filtering: Filtering): SQL {
  const { listId = 0 } = scope;
  const ofScope = sql`${toMarks(scope, filtering)}::tsquery`;
  // Marks name a review's product, whatever group it is in.
  const marks = isGroup(listId)
    ? sql`(${ofScope} && (select string_agg(${MARK_OF_PRODUCT}, '|') from ${products}
        where ${products.groupId} = ${listId})::tsquery)`
    : ofScope;
  const texts = toTextQueries(filtering);
  if (texts.length === 0) return marks;
  const words = sql.join(texts, sql` && `);
  const least = sql.join(
    texts.map((text) => sql`numnode(${text})`),
    sql`, `,
  );
  return sql`case when least(${least}) > 0 then ${words} && ${marks} end`;
}

/**
 * Marks begin with a space, so no word is one. The column's expression
 * (`migrations/0105_review_marks.sql`) writes the same.
 */
function toMarks({ shopId, listId }: Scope, filtering: Filtering): string {
  const { rating, media, verified, incentivized, locale, country } = filtering;
  const flag = (name: string, isSet: boolean | undefined) =>
    isSet === undefined ? undefined : isSet ? mark(name) : `!${mark(name)}`;
  const parts = [
    listId === undefined || isGroup(listId) ? mark(`s${shopId}`) : mark(`p${listId}`),
    rating && `(${rating.map((stars) => mark(`r${stars}`)).join('|')})`,
    flag('m', media),
    flag('v', verified),
    flag('i', incentivized),
    locale && `(${mark(`l${locale.toLowerCase()}`)}|${mark(`l${locale.toLowerCase()}-`)}:*)`,
    country && mark(`c${country}`),
  ];
  return parts.filter((part) => part !== undefined && part !== '').join('&');
}

const MARK_OF_PRODUCT = sql`format('%L', ' p' || ${products.id})`;

const mark = (text: string): string => `' ${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
