/** Webhooks in the management API. */
import { z } from 'zod';
import { addEndpoint } from '../../domain/webhooks/add.ts';
import {
  disableEndpoint,
  enableEndpoint,
  removeEndpoint,
  replayDeliveries,
  rotateEndpointSecret,
} from '../../domain/webhooks/change.ts';
import type { Endpoint } from '../../domain/webhooks/endpoint.ts';
import { UnknownEndpointError } from '../../domain/webhooks/errors.ts';
import { EVENT_TYPES } from '../../domain/webhooks/events.ts';
import { listDeliveries, listEndpoints, type Delivery } from '../../domain/webhooks/list.ts';
import { operation } from './operation.ts';
import { cutPage, instant, limitOf, named, next, page, text } from './schema.ts';

const events = z.array(z.enum(EVENT_TYPES)).describe('Empty: all of them');

const webhook = named(
  'Webhook',
  z.object({
    id: z.string(),
    url: z.string(),
    events,
    disabledFor: z.enum(['merchant', 'gone', 'failing']).exactOptional(),
    failingSince: instant.exactOptional(),
    createdAt: instant,
  }) satisfies z.ZodType<Endpoint>,
);

const secret = z.string().describe('What its messages are signed with; shown this once');

const delivery = named(
  'Delivery',
  z.object({
    messageId: z.string(),
    type: z.string(),
    state: z.enum(['waiting', 'held', 'delivered', 'failed']),
    createdAt: instant,
    nextAttemptAt: instant.exactOptional(),
    attempts: z.array(
      z.object({
        at: instant,
        status: z.int().exactOptional(),
        failure: z.enum(['forbidden-address', 'timeout', 'unreachable']).exactOptional(),
        durationMs: z.number(),
      }),
    ),
  }) satisfies z.ZodType<Delivery>,
);

export const listWebhooks = operation({
  method: 'get',
  path: '/webhooks',
  scope: 'webhooks:read',
  summary: 'List the webhooks',
  answer: named('Webhooks', z.object({ webhooks: z.array(webhook) })),
  run: async ({ domain, shop }) => ({
    body: { webhooks: await listEndpoints(domain.db, shop.appKey) },
  }),
});

export const addWebhook = operation({
  method: 'post',
  path: '/webhooks',
  scope: 'webhooks:write',
  summary: 'Add a webhook',
  body: named(
    'NewWebhook',
    z.strictObject({ url: text(2_000).min(1), events: events.max(100).exactOptional() }),
  ),
  status: 201,
  answer: named('WebhookWithSecret', webhook.extend({ secret })),
  isRepeatable: true,
  run: async ({ domain, shop, body: { url, events = [] } }) => {
    const body = await addEndpoint(domain, shop.appKey, { url, events });
    return { body, location: `/webhooks/${body.id}` };
  },
});

export const getWebhook = operation({
  method: 'get',
  path: '/webhooks/{webhookId}',
  scope: 'webhooks:read',
  summary: 'Get a webhook',
  answer: webhook,
  run: async ({ domain, shop, params: { webhookId } }) => {
    // A shop has twenty at most.
    const all = await listEndpoints(domain.db, shop.appKey);
    const body = all.find(({ id }) => id === webhookId);
    if (!body) throw new UnknownEndpointError(webhookId);
    return { body };
  },
});

export const removeWebhook = operation({
  method: 'delete',
  path: '/webhooks/{webhookId}',
  scope: 'webhooks:write',
  summary: 'Remove a webhook',
  description: 'With all that waits for it.',
  status: 204,
  run: async ({ domain, shop, params }) => {
    await removeEndpoint(domain, shop.appKey, params.webhookId);
    return { body: undefined };
  },
});

export const rotateWebhookSecret = operation({
  method: 'post',
  path: '/webhooks/{webhookId}/rotate-secret',
  scope: 'webhooks:write',
  summary: 'Give a webhook a new secret',
  description: 'The one before signs beside it for a day.',
  answer: named('WebhookSecret', z.object({ secret })),
  isRepeatable: true,
  run: async ({ domain, shop, params }) => ({
    body: { secret: await rotateEndpointSecret(domain, shop.appKey, params.webhookId) },
  }),
});

export const disableWebhook = operation({
  method: 'post',
  path: '/webhooks/{webhookId}/disable',
  scope: 'webhooks:write',
  summary: 'Stop sending to a webhook',
  description: 'What happens meanwhile is held for it.',
  status: 204,
  run: async ({ domain, shop, params }) => {
    await disableEndpoint(domain, shop.appKey, params.webhookId);
    return { body: undefined };
  },
});

export const enableWebhook = operation({
  method: 'post',
  path: '/webhooks/{webhookId}/enable',
  scope: 'webhooks:write',
  summary: 'Send to a webhook again',
  description: 'What was held for it too.',
  status: 204,
  run: async ({ domain, shop, params }) => {
    await enableEndpoint(domain, shop.appKey, params.webhookId);
    return { body: undefined };
  },
});

export const listWebhookDeliveries = operation({
  method: 'get',
  path: '/webhooks/{webhookId}/deliveries',
  scope: 'webhooks:read',
  summary: 'List what a webhook was told',
  description: 'With each attempt, newest first.',
  query: z.strictObject(page),
  answer: named('DeliveryPage', z.object({ deliveries: z.array(delivery), next })),
  run: async ({ domain, shop, params, query }) => {
    const limit = limitOf(query);
    const { webhookId } = params;
    const { db } = domain;
    const read = await listDeliveries(db, shop.appKey, webhookId, limit + 1, query.cursor);
    const { rows, ...more } = cutPage(read, limit, ({ messageId }) => messageId);
    return { body: { deliveries: rows, ...more } };
  },
});

export const replayWebhook = operation({
  method: 'post',
  path: '/webhooks/{webhookId}/replay',
  scope: 'webhooks:write',
  summary: 'Send again what happened in a time',
  description: 'Delivered or not, under the same message ids.',
  body: named('Replay', z.strictObject({ since: instant, until: instant })),
  answer: named('ReplayOutcome', z.object({ replayed: z.int() })),
  run: async ({ domain, shop, params, body }) => {
    const range = { since: new Date(body.since), until: new Date(body.until) };
    const replayed = await replayDeliveries(domain, shop.appKey, params.webhookId, range);
    return { body: { replayed } };
  },
});
