/** What a person may ask of a shop, in the management API. Addresses are in bodies: paths get logged. */
import { z } from 'zod';
import { erasePerson as erase } from '../../domain/persons/erase.ts';
import { exportPerson as exportOne } from '../../domain/persons/export.ts';
import { operation } from './operation.ts';
import { instant, named } from './schema.ts';

const email = z.email('must be an e-mail address').max(254);
const rows = z.array(z.record(z.string(), z.unknown()));

export const exportPerson = operation({
  method: 'post',
  path: '/persons/export',
  scope: 'persons:read',
  summary: 'Export what is kept of a person',
  body: named('Person', z.strictObject({ email })),
  answer: named(
    'PersonExport',
    z.object({
      shop: z.string(),
      email: z.string(),
      reviews: rows,
      questions: rows,
      customers: rows,
      orders: rows,
      photos: z.array(
        z.object({ id: z.string(), createdAt: instant, webp: z.string().describe('Base64') }),
      ),
      webhookPayloads: z.array(z.unknown()),
    }),
  ),
  run: async ({ domain, shop, body }) => ({
    body: await exportOne(domain, shop.appKey, body.email),
  }),
});

export const erasePerson = operation({
  method: 'post',
  path: '/persons/erase',
  scope: 'persons:write',
  summary: 'Erase a person',
  description:
    'Takes name and address off all that the person wrote, here and in every cache, and removes their orders. It cannot be undone.',
  body: named(
    'PersonErasure',
    z.strictObject({
      email,
      removesReviews: z
        .boolean()
        .describe('Removes the reviews themselves as well; false when absent')
        .exactOptional(),
    }),
  ),
  answer: named(
    'ErasureOutcome',
    z.object({
      reviews: z.int(),
      questions: z.int(),
      customers: z.int(),
      orders: z.int(),
    }),
  ),
  run: async ({ domain, shop, body: { email, removesReviews = false } }) => ({
    body: await erase(domain, shop.appKey, email, { removesReviews }),
  }),
});
