/** The audit log in the management API: read, never written. */
import { z } from 'zod';
import { listActs, type RecordedAct } from '../../domain/audit/list.ts';
import { operation } from './operation.ts';
import { instant, limitOf, named, next, page, whole } from './schema.ts';

const act = named(
  'Act',
  z.object({
    sequence: z.int(),
    at: instant,
    actor: z.string().describe('cli, system, app:ID or person:ID'),
    verb: z.string(),
    subject: z.string().describe('The id of what it was done to').exactOptional(),
    details: z.record(z.string(), z.unknown()),
  }) satisfies z.ZodType<RecordedAct>,
);

export const listAuditLog = operation({
  method: 'get',
  path: '/audit-log',
  scope: 'audit:read',
  summary: 'List what was done, and by whom',
  description: 'Newest first.',
  query: z.strictObject({
    cursor: whole(z.int().min(1)).describe('What the page before said is next').exactOptional(),
    limit: page.limit,
  }),
  answer: named('ActPage', z.object({ acts: z.array(act), next })),
  run: async ({ domain, shop, query }) => {
    const acts = await listActs(domain.db, shop.appKey, limitOf(query), query.cursor);
    const last = acts.at(-1);
    // They are numbered from 1, and none is ever missing.
    const isEnd = last === undefined || last.sequence === 1;
    return { body: { acts, ...(!isEnd && { next: String(last.sequence) }) } };
  },
});
