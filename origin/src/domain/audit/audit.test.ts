import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { eq, sql } from 'drizzle-orm';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { describeOnEach } from '../../../test/databases.ts';
import { auditActs, auditHeads } from '../../db/audit-schema.ts';
import type { Database } from '../../db/database.ts';
import { asSystem, inShop } from '../../db/row-security.ts';
import type { Context } from '../context.ts';
import { startImport } from '../imports/start.ts';
import { undoImport } from '../imports/undo.ts';
import { answerQuestion } from '../questions/answer.ts';
import { askQuestion } from '../questions/ask.ts';
import { moderateAnswer, moderateQuestion } from '../questions/moderate.ts';
import { publishReview, rejectReview } from '../reviews/moderate.ts';
import { submitReview } from '../reviews/submit.ts';
import { updateSettings } from '../settings/update.ts';
import { createShop } from '../shops/create.ts';
import { findShop, type Shop } from '../shops/find.ts';
import { addEndpoint } from '../webhooks/add.ts';
import { disableEndpoint, enableEndpoint, removeEndpoint } from '../webhooks/change.ts';
import { replayDeliveries, rotateEndpointSecret } from '../webhooks/change.ts';
import { listActs } from './list.ts';
import { recordAct } from './record.ts';
import { verifyActs } from './verify.ts';

/** Nobody has said why, under the shop's first rules. */
const why = { reason: 'not-given', rules: 1 };
const PERSON = { author: 'Mara Lind', email: 'mara@example.com' };

async function newest({ db }: Context, count = 1) {
  const acts = await listActs(db, 'acme', count);
  return acts.map(({ actor, verb, subject, details }) => ({ actor, verb, subject, details }));
}

describeOnEach('the audit log', (fixture) => {
  let context: Context;
  let shop: Shop;
  beforeAll(async () => {
    context = { ...fixture.context, actor: 'app:backoffice' };
    shop = await findShop(context.db, 'acme');
  });

  test('begins with the making of the shop', async () => {
    const [first] = await listActs(context.db, 'acme', 10);
    const at = '2026-03-01T12:00:00.000Z';
    const made = { sequence: 1, at, actor: 'cli', verb: 'shop.create', subject: 'acme' };
    expect(first).toEqual({ ...made, details: {} });
  });

  test('LG01: holds who decided on a review, and nothing when nothing changed', async () => {
    const { id } = await submitReview(context, 'acme', 'kettle', { rating: 5, ...PERSON });
    await publishReview(context, 'acme', id);
    await rejectReview(context, 'acme', id);
    await rejectReview(context, 'acme', id);
    const act = { actor: 'app:backoffice', verb: 'review.moderate', subject: id };
    expect(await newest(context, 2)).toEqual([
      { ...act, details: { from: 'published', to: 'rejected', ...why } },
      { actor: 'cli', verb: 'shop.create', subject: 'acme', details: {} },
    ]);
  });

  test('LG01: holds decisions on questions and answers, and answers of the shop', async () => {
    const question = { body: 'Is it warm?', ...PERSON };
    const { id } = await askQuestion(context, 'acme', 'kettle', question);
    await moderateQuestion(context, 'acme', id, 'published');
    await answerQuestion(context, 'acme', id, { body: 'I think so.', ...PERSON, byShop: false });
    const own = await answerQuestion(context, 'acme', id, { body: 'It is.', byShop: true });
    await moderateAnswer(context, 'acme', own.id, 'rejected');
    expect(await newest(context, 3)).toMatchObject([
      {
        verb: 'answer.moderate',
        subject: own.id,
        details: { from: 'published', to: 'rejected', ...why },
      },
      { verb: 'answer.add', subject: own.id },
      {
        verb: 'question.moderate',
        subject: id,
        details: { from: 'pending', to: 'published', ...why },
      },
    ]);
  });

  test('LG01: holds changes of settings, imports and webhooks', async () => {
    const { version } = await updateSettings(context, 'acme', DEFAULT_SETTINGS);
    const subject = { source: 'import:x', fileName: 'mara-lind.csv', fileDigest: 'x' };
    const { publicId } = await startImport(context, shop, subject);
    await startImport(context, shop, subject);
    await undoImport(context, 'acme', publicId);
    const hook = await addEndpoint(context, 'acme', { url: 'https://hooks.example/', events: [] });
    await rotateEndpointSecret(context, 'acme', hook.id);
    await disableEndpoint(context, 'acme', hook.id);
    await enableEndpoint(context, 'acme', hook.id);
    await replayDeliveries(context, 'acme', hook.id, { since: new Date(0), until: new Date(1) });
    await removeEndpoint(context, 'acme', hook.id);
    const webhook = ['remove', 'replay', 'enable', 'disable', 'rotate', 'add'];
    expect(await newest(context, 9)).toEqual([
      ...webhook.map((verb) => expect.objectContaining({ verb: `webhook.${verb}` })),
      expect.objectContaining({ verb: 'import.undo', subject: publicId }),
      expect.objectContaining({ verb: 'import.start', details: { source: 'import:x' } }),
      expect.objectContaining({ verb: 'settings.update', details: { version } }),
    ]);
  });

  test('names nobody', async () => {
    const all = JSON.stringify(await listActs(context.db, 'acme', 100));
    expect(all).not.toMatch(/mara|example\.com/i);
  });

  test('holds no act whose transaction did not come through', async () => {
    const before = await newest(context);
    const act = { shopId: shop.id, verb: 'settings.update' } as const;
    const failing = inShop(context.db, shop.id, async (tx) => {
      await recordAct(tx, act, context);
      throw new Error('changed its mind');
    });
    await expect(failing).rejects.toThrow('changed its mind');
    expect(await newest(context)).toEqual(before);
  });

  test('numbers acts without a gap when many happen at once', async () => {
    const [last] = await listActs(context.db, 'acme', 1);
    const changes = Array.from({ length: 12 }, () =>
      updateSettings(context, 'acme', DEFAULT_SETTINGS),
    );
    await Promise.all(changes);
    const { head, fault } = await verifyActs(context.db, 'acme');
    expect([head.sequence, fault]).toEqual([(last?.sequence ?? 0) + 12, undefined]);
  });
});

describeOnEach('an audit log that someone tampers with', (fixture) => {
  let db: Database;
  let shop: Shop;
  let acts: (typeof auditActs.$inferSelect)[];
  let head: typeof auditHeads.$inferSelect;
  const fault = async () => (await verifyActs(db, 'acme')).fault;

  /** As the owner of the tables can: who takes off the triggers first. */
  const tamper = (work: (tx: Database) => Promise<unknown>) =>
    asSystem(db, async (tx) => {
      await tx.execute(sql`alter table audit_acts disable trigger user`);
      await tx.execute(sql`alter table audit_heads disable trigger user`);
      await work(tx);
      await tx.execute(sql`alter table audit_acts enable trigger user`);
      await tx.execute(sql`alter table audit_heads enable trigger user`);
    });

  beforeAll(async () => {
    db = fixture.context.db;
    shop = await findShop(db, 'acme');
    for (let n = 0; n < 5; n += 1) await updateSettings(fixture.context, 'acme', DEFAULT_SETTINGS);
    acts = await asSystem(db, async (tx) => tx.select().from(auditActs));
    [head] = (await asSystem(db, async (tx) => tx.select().from(auditHeads))) as [typeof head];
  });
  beforeEach(() =>
    tamper(async (tx) => {
      await tx.delete(auditActs);
      await tx.delete(auditHeads);
      await tx.insert(auditActs).values(acts);
      await tx.insert(auditHeads).values(head);
    }),
  );

  test('is whole before', async () => {
    expect(await verifyActs(db, 'acme')).toEqual({ head: { sequence: 6, hash: head.hash } });
  });

  test.each(['at', 'actor', 'verb', 'subject', 'details', 'hash'])(
    'LG02: shows where "%s" was changed, in any row of six',
    async (column) => {
      const other = column === 'at' ? sql`at + interval '1 ms'` : sql`'x'`;
      for (const { sequence } of acts) {
        await tamper((tx) =>
          tx.execute(sql`update audit_acts set ${sql.identifier(column)} = ${other}
            where sequence = ${sequence}`),
        );
        expect(await fault()).toEqual({ sequence, kind: 'changed' });
        const before = acts.filter((act) => act.sequence === sequence);
        await tamper(async (tx) => {
          await tx.delete(auditActs).where(eq(auditActs.sequence, sequence));
          await tx.insert(auditActs).values(before);
        });
      }
      expect(await fault()).toBeUndefined();
    },
  );

  test.each([1, 3, 6])('LG02: shows that act %i of six was removed', async (sequence) => {
    await tamper((tx) => tx.delete(auditActs).where(eq(auditActs.sequence, sequence)));
    expect(await fault()).toEqual({ sequence, kind: 'missing' });
  });

  test('LG02: shows that it was cut off, and that the head was moved to hide it', async () => {
    await tamper((tx) => tx.execute(sql`delete from audit_acts where sequence > 4`));
    expect(await fault()).toEqual({ sequence: 5, kind: 'missing' });
    await tamper((tx) => tx.update(auditHeads).set({ sequence: 4 }));
    expect(await fault()).toEqual({ sequence: 4, kind: 'changed' });
    await tamper((tx) => tx.update(auditHeads).set({ hash: acts[3]?.hash ?? '' }));
    expect(await fault()).toBeUndefined();
    const { sequence, hash } = head;
    const { fault: found } = await verifyActs(db, 'acme', { sequence, hash });
    expect(found).toEqual({ sequence: 6, kind: 'rewritten' });
  });

  test('shows what was slipped in, and what was emptied', async () => {
    await tamper((tx) =>
      tx.execute(sql`update audit_heads set sequence = 5, hash = ${acts[4]?.hash}`),
    );
    expect(await fault()).toEqual({ sequence: 6, kind: 'added' });
    await tamper((tx) => tx.execute(sql`truncate audit_acts, audit_heads`));
    expect(await fault()).toEqual({ sequence: 0, kind: 'headless' });
    const change = updateSettings(fixture.context, 'acme', DEFAULT_SETTINGS);
    await expect(change).rejects.toThrow('lost its head');
  });

  test('tells a log that was written anew by a mark from before', async () => {
    const mark = { sequence: 3, hash: acts[2]?.hash ?? '' };
    expect((await verifyActs(db, 'acme', mark)).fault).toBeUndefined();
    const forged = { ...mark, hash: 'f'.repeat(64) };
    expect((await verifyActs(db, 'acme', forged)).fault).toEqual({
      sequence: 3,
      kind: 'rewritten',
    });
  });

  test.each([
    'update audit_acts set actor = actor',
    'delete from audit_acts',
    'truncate audit_acts',
  ])('LG02: is refused by the database: %s', async (statement) => {
    const asOwner = asSystem(db, (tx) => tx.execute(sql.raw(statement)));
    await expect(asOwner.catch((error: Error) => Promise.reject(error.cause))).rejects.toThrow(
      'audit log is not changed',
    );
    const asShop = inShop(db, shop.id, (tx) => tx.execute(sql.raw(statement)));
    await expect(asShop.catch((error: Error) => Promise.reject(error.cause))).rejects.toThrow(
      /permission denied/,
    );
  });

  test.each([
    'update audit_heads set sequence = 2',
    'delete from audit_heads',
    'truncate audit_heads',
  ])('keeps its head, too: %s', async (statement) => {
    const asOwner = asSystem(db, (tx) => tx.execute(sql.raw(statement)));
    await expect(asOwner).rejects.toThrow('Failed query');
    const asShop = inShop(db, shop.id, (tx) => tx.execute(sql.raw(statement)));
    await expect(asShop).rejects.toThrow('Failed query');
  });

  test('is one for each shop', async () => {
    await createShop(fixture.context, { appKey: 'other', name: 'Other', autoPublish: true });
    expect(await listActs(db, 'other', 10)).toMatchObject([{ sequence: 1, verb: 'shop.create' }]);
    expect((await verifyActs(db, 'other')).head.sequence).toBe(1);
    expect(await fault()).toBeUndefined();
  });
});
