/** Reviews in the management API. */
import { INCENTIVES } from '@plaudit/contract';
import { reviewSubmission } from '@plaudit/contract/schema';
import { z } from 'zod';
import { mayKnowPersons } from '../../auth/access.ts';
import { changeReview as change } from '../../domain/reviews/change.ts';
import { findManagedReview } from '../../domain/reviews/find-managed.ts';
import { listManagedReviews } from '../../domain/reviews/list-managed.ts';
import { moderateReviews as moderateMany } from '../../domain/reviews/moderate-many.ts';
import { submitReview as submit } from '../../domain/reviews/submit.ts';
import type { ManagedReview } from '../../domain/reviews/to-managed-review.ts';
import { operation } from './operation.ts';
import {
  decision,
  helpful,
  instant,
  limitOf,
  listOf,
  named,
  next,
  page,
  productId,
  status,
  text,
} from './schema.ts';

const IDS_MAX = 100;

const rating = z.literal([1, 2, 3, 4, 5]);

const review = named(
  'Review',
  z.object({
    id: z.string(),
    productId: z.string().describe('The shop’s own id of the product'),
    rating,
    title: z.string().exactOptional(),
    body: z.string().exactOptional(),
    author: z.string().exactOptional(),
    email: z.string().describe('With the scope persons:read only').exactOptional(),
    verified: z.boolean(),
    incentivized: z.boolean(),
    incentive: z.enum(INCENTIVES).exactOptional(),
    locale: z.string().exactOptional(),
    country: z.string().exactOptional(),
    status,
    source: z.string(),
    createdAt: instant,
    publishedAt: instant.exactOptional(),
    helpful,
    media: z
      .array(
        z.object({
          kind: z.enum(['photo', 'video']),
          url: z.string(),
          thumbnailUrl: z.string().exactOptional(),
        }),
      )
      .exactOptional(),
    reply: z.object({ body: z.string(), createdAt: instant.exactOptional() }).exactOptional(),
    answers: z
      .array(
        z.object({
          question: z.string(),
          label: z.string(),
          value: z.union([z.string(), z.array(z.string()), z.number()]),
        }),
      )
      .exactOptional(),
  }) satisfies z.ZodType<ManagedReview>,
);

export const listReviews = operation({
  method: 'get',
  path: '/reviews',
  scope: 'reviews:read',
  summary: 'List reviews',
  description: 'Of every status, newest first.',
  query: z.strictObject({
    status: listOf(status).exactOptional(),
    product: productId.exactOptional(),
    rating: listOf(
      z.codec(z.string().regex(/^[1-5]$/, 'must be 1 to 5'), rating, {
        decode: (value) => rating.parse(Number(value)),
        encode: String,
      }),
    ).exactOptional(),
    q: text(200).min(1).describe('Words of title or text').exactOptional(),
    since: instant.describe('Written then or later').exactOptional(),
    until: instant.describe('Written before that').exactOptional(),
    ...page,
  }),
  answer: named('ReviewPage', z.object({ reviews: z.array(review), next })),
  run: async ({ domain, shop, access, query }) => {
    const { since, until, ...rest } = query;
    const list = {
      ...rest,
      ...(since !== undefined && { since: new Date(since) }),
      ...(until !== undefined && { until: new Date(until) }),
      limit: limitOf(query),
    };
    return {
      body: await listManagedReviews(domain, shop.id, list, {
        withEmails: mayKnowPersons(access),
      }),
    };
  },
});

export const getReview = operation({
  method: 'get',
  path: '/reviews/{reviewId}',
  scope: 'reviews:read',
  summary: 'Get a review',
  answer: review,
  run: async ({ domain, shop, access, params }) => {
    const { reviewId } = params;
    const body = await findManagedReview(domain, shop.id, reviewId, {
      withEmails: mayKnowPersons(access),
    });
    // Of what everybody sees who may read reviews, so that a tag is good with any token.
    return { body, tagged: { ...body, email: undefined } };
  },
});

export const submitReview = operation({
  method: 'post',
  path: '/reviews',
  scope: 'reviews:write',
  summary: 'Submit a review',
  description:
    'As a visitor would: whether it is published at once is for the shop’s rules to say.',
  body: named('NewReview', reviewSubmission.omit({ idempotencyKey: true }).extend({ productId })),
  status: 201,
  answer: named('ReviewReceipt', z.object({ id: z.string(), status })),
  problems: ['duplicate-review'],
  isRepeatable: true,
  run: async ({ domain, shop, body: { productId, ...submission } }) => {
    // Not the secret to change it with: that is its writer's, on the page where it was written.
    const { id, status } = await submit(domain, shop.appKey, productId, submission);
    return { body: { id, status }, location: `/reviews/${id}` };
  },
});

export const changeReview = operation({
  method: 'patch',
  path: '/reviews/{reviewId}',
  scope: 'reviews:write',
  summary: 'Change a review',
  description:
    'Publishes, rejects or archives it, sets the shop’s reply, or takes the reply back (null).',
  body: named(
    'ReviewChange',
    z.strictObject({
      status: decision.exactOptional(),
      reply: text(10_000).min(1).nullable().exactOptional(),
    }),
  ),
  answer: review,
  isConditional: true,
  run: async ({ domain, shop, params, body: wanted, requireMatch }) => {
    const body = await change(domain, shop.appKey, params.reviewId, wanted, requireMatch);
    return { body, tagged: body };
  },
});

export const moderateReviews = operation({
  method: 'post',
  path: '/reviews/moderate',
  scope: 'reviews:write',
  summary: 'Decide on many reviews',
  description: 'Each by itself. Asked again it changes nothing more.',
  body: named(
    'Moderation',
    z.strictObject({
      ids: z.array(text(255).min(1)).min(1).max(IDS_MAX),
      status: decision,
    }),
  ),
  answer: named(
    'ModerationResults',
    z.object({
      results: z.array(
        z.object({ id: z.string(), result: z.enum(['changed', 'unchanged', 'unknown']) }),
      ),
    }),
  ),
  run: async ({ domain, shop, body: { ids, status } }) => ({
    body: { results: await moderateMany(domain, shop.appKey, ids, status) },
  }),
});
