/** What the forms of themes written for Yotpo send: reviews, questions and votes. */
import { createHash } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Vote } from '@plaudit/contract';
import { questionSubmission, reviewSubmission } from '@plaudit/contract/schema';
import { Hono, type Context as HonoContext } from 'hono';
import type { z } from 'zod';
import type { ClientAddressOf } from '../../auth/client-address.ts';
import type { Context } from '../../domain/context.ts';
import {
  DuplicateReviewError,
  UnknownReviewError,
  UnknownShopError,
  UnknownSubjectError,
} from '../../domain/errors.ts';
import { SITE_NAME, SITE_PRODUCT } from '../../domain/products/site.ts';
import { findNumberedAnswer } from '../../domain/questions/find-numbered-answer.ts';
import { askQuestion } from '../../domain/questions/ask.ts';
import { findNumberedReview } from '../../domain/reviews/find-numbered.ts';
import { findSubmittedReview } from '../../domain/reviews/find-submitted.ts';
import { submitReview } from '../../domain/reviews/submit.ts';
import { castVote } from '../../domain/votes/cast.ts';
import { NO_STORE } from '../caching-policy.ts';
import { limitBody } from '../storefront-request.ts';
import { toLongReview } from './long-review.ts';
import { isProductId } from './parameters.ts';

type Env = { Bindings: HttpBindings };
type Request = HonoContext<Env>;

const VOTE = '/reviews/:reviewId{[0-9]{1,15}}/vote/:direction{up|down}';
const ANSWER_VOTE = '/answers/:answerId{[0-9]{1,15}}/vote/:direction{up|down}';

/** A form's fields; clients send JSON or a form, and numbers as texts or numbers. */
type Fields = Record<string, unknown>;

/** What is wrong with a form, in words for its client. */
class RefusedForm extends Error {}

/** The routes. */
export function compatWrites(domain: Context, clientAddressOf: ClientAddressOf): Hono<Env> {
  const app = new Hono<Env>();

  /** These clients send no token: visitors are told apart by their network and their browser. */
  const voterOf = async (context: Request): Promise<string> => {
    const network = networkOf(await clientAddressOf(context.env.incoming));
    const browser = context.req.header('user-agent') ?? '';
    return createHash('sha256').update(`${network} ${browser}`).digest('base64url');
  };

  /** What a visitor says; the last part of the path takes it back. */
  const voteOf = async (context: Request): Promise<{ vote: Vote; voter: string }> => {
    const direction = context.req.param('direction') === 'up' ? 'up' : 'down';
    const vote = context.req.path.endsWith('/true') ? 'none' : direction;
    return { vote, voter: await voterOf(context) };
  };

  const submit = async (fields: Fields) => {
    const appKey = textOf(fields['appkey']);
    const productId = textOf(fields['sku']) === SITE_NAME ? SITE_PRODUCT : productOf(fields);
    const submission = checked(reviewSubmission, {
      // Half stars are rounded down.
      rating: Math.floor(Number(fields['review_score'])),
      title: fields['review_title'] ?? '',
      body: fields['review_content'] ?? '',
      ...authorOf(fields),
    });
    return { appKey, ...(await submitReview(domain, appKey, productId, submission)) };
  };

  app.post('/reviews/dynamic_create', limitBody(), (context) =>
    framed(context, async () => {
      const { appKey, id } = await submit(await readFields(context));
      const made = await findSubmittedReview(domain.db, appKey, id);
      return { reviews: [toLongReview(made, { number: made.shopNumber })] };
    }),
  );

  // Without the frame of all others.
  app.post('/v1/widget/reviews', limitBody(), async (context) => {
    try {
      const fields = await readFields(context);
      await submit(fields);
      return context.json({ code: 200, message: 'ok' }, 200, NO_STORE);
    } catch (error) {
      const { code, message } = refusalOf(error);
      return context.json({ code, message }, code, NO_STORE);
    }
  });

  app.post('/questions/send_confirmation_mail', limitBody(), (context) =>
    framed(context, async () => {
      const fields = await readFields(context);
      const [appKey, productId] = [textOf(fields['appkey']), productOf(fields)];
      const question = { body: fields['review_content'], ...authorOf(fields) };
      await askQuestion(domain, appKey, productId, checked(questionSubmission, question));
      return undefined;
    }),
  );

  for (const pattern of [VOTE, `${VOTE}/:undo{true}`]) {
    app.post(pattern, (context) =>
      framed(context, async () => {
        const number = Number(context.req.param('reviewId'));
        const { appKey, review } = await findNumberedReview(domain.db, number);
        await castVote(domain, appKey, { kind: 'review', id: review.id }, await voteOf(context));
        return { vote: { id: number } };
      }),
    );
  }

  for (const pattern of [ANSWER_VOTE, `${ANSWER_VOTE}/:undo{true}`]) {
    app.post(pattern, (context) =>
      framed(context, async () => {
        const number = Number(context.req.param('answerId'));
        const { appKey, id } = await findNumberedAnswer(domain.db, number);
        await castVote(domain, appKey, { kind: 'answer', id }, await voteOf(context));
        return { vote: { id: number } };
      }),
    );
  }
  return app;
}

/** Answers in the frame of v1. */
async function framed(context: Request, write: () => Promise<unknown>): Promise<Response> {
  try {
    const response = await write();
    const status = { code: 200, message: 'OK' };
    return context.json({ status, ...(response !== undefined && { response }) }, 200, NO_STORE);
  } catch (error) {
    const status = refusalOf(error);
    return context.json({ status }, status.code, NO_STORE);
  }
}

/** What the client did wrong; anything else is the app's to answer. */
function refusalOf(error: unknown): { code: 400 | 404 | 409; message: string } {
  if (error instanceof RefusedForm) return { code: 400, message: error.message };
  if (error instanceof DuplicateReviewError) return { code: 409, message: error.message };
  const kinds = [UnknownShopError, UnknownReviewError, UnknownSubjectError];
  if (!kinds.some((kind) => error instanceof kind)) throw error;
  return { code: 404, message: 'Not Found' };
}

async function readFields(context: Request): Promise<Fields> {
  const text = await context.req.text();
  try {
    const fields: unknown = JSON.parse(text);
    if (typeof fields === 'object' && fields !== null) return fields as Fields;
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
  throw new RefusedForm('The body is neither a JSON object nor a form.');
}

function productOf(fields: Fields): string {
  const productId = textOf(fields['sku']);
  if (isProductId(productId) && productId !== SITE_NAME) return productId;
  throw new RefusedForm('sku: must be the id of a product.');
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : '';

const authorOf = (fields: Fields) => ({ author: fields['display_name'], email: fields['email'] });

const NAMES: Record<string, string> = {
  rating: 'review_score',
  title: 'review_title',
  body: 'review_content',
  author: 'display_name',
};

function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const { data, error } = schema.safeParse(value);
  if (data !== undefined) return data;
  const problems = error?.issues.map(({ path, message }) => {
    const field = path.map(String).join('.');
    return `${NAMES[field] ?? field}: ${message}`;
  });
  throw new RefusedForm(problems?.join('; '));
}

/** The first three parts: a /24 of IPv4, a /48 of IPv6. */
const networkOf = (address: string): string => address.split(/[.:]/).slice(0, 3).join('.');
