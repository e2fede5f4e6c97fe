/** Reviews in the management API. */
import { INCENTIVES } from '@plaudit/contract';
import { locale, reviewSubmission } from '@plaudit/contract/schema';
import { z } from 'zod';
import { mayKnowPersons } from '../../auth/access.ts';
import type { RecordedAct } from '../../domain/audit/list.ts';
import { listDecisions } from '../../domain/audit/list-decisions.ts';
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
  reason,
  status,
  text,
} from './schema.ts';

const IDS_MAX = 100;

const rating = z.literal([1, 2, 3, 4, 5]);

const translation = z
  .strictObject({
    locale,
    title: text(200).min(1).exactOptional(),
    body: text(10_000).min(1).exactOptional(),
  })
  .refine(({ title, body }) => (title ?? body) !== undefined, {
    path: ['body'],
    error: 'must be given where there is no title',
  });

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
    consent: z
      .object({ version: z.int(), locale: z.string().exactOptional() })
      .describe(
        'What the writer agreed to: the version of the settings whose form.consentText was shown, and the language of the form',
      )
      .exactOptional(),
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
    translation: z
      .object({
        locale: z.string(),
        title: z.string().exactOptional(),
        body: z.string().exactOptional(),
      })
      .exactOptional(),
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
  isTagged: true,
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
    'Publishes, rejects or archives it, sets the shop’s reply or a translation into the language of the shop, or takes them back (null).',
  body: named(
    'ReviewChange',
    z.strictObject({
      status: decision.exactOptional(),
      reason,
      reply: text(10_000).min(1).nullable().exactOptional(),
      translation: translation.nullable().exactOptional(),
    }),
  ),
  answer: review,
  isConditional: true,
  run: async ({ domain, shop, params, body: wanted, requireMatch }) => {
    const body = await change(domain, shop.appKey, params.reviewId, wanted, requireMatch);
    return { body, tagged: body };
  },
});

export const listReviewDecisions = operation({
  method: 'get',
  path: '/reviews/{reviewId}/decisions',
  scope: 'reviews:read',
  summary: 'List what was decided on a review',
  description:
    'By the rules and by people, in order: when, by whom, why, and under which version of the rules (/settings/versions?kind=moderation). For its writer, or whoever asks by law.',
  answer: named(
    'Decisions',
    z.object({
      decisions: z.array(
        z.object({
          at: instant,
          actor: z.string().describe('cli, system, app:ID or person:ID'),
          from: z.string().exactOptional(),
          to: z.string(),
          reason: z.string().describe('The rules that held it, or what was given'),
          rulesVersion: z.int().exactOptional(),
        }),
      ),
    }),
  ),
  run: async ({ domain, shop, params }) => {
    const { id } = await findManagedReview(domain, shop.id, params.reviewId, {
      withEmails: false,
    });
    const acts = await listDecisions(domain.db, shop.id, id);
    return { body: { decisions: acts.map(toDecision) } };
  },
});

/** Acts of before there were reasons have none. */
const details = z.object({
  from: z.string().exactOptional(),
  to: z.string(),
  reason: z.string().default('not-given'),
  rules: z.int().exactOptional(),
});

function toDecision(act: RecordedAct) {
  const { rules, ...said } = details.parse(act.details);
  const { at, actor } = act;
  return { at, actor, ...said, ...(rules !== undefined && { rulesVersion: rules }) };
}

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
      reason,
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
  run: async ({ domain, shop, body: { ids, status, reason } }) => ({
    body: { results: await moderateMany(domain, shop.appKey, ids, status, reason) },
  }),
});
