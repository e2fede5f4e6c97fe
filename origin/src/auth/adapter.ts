/**
 * Where the sign-in server keeps its things: in our database, each in the shop of its app. What a bearer
 * shows is never kept, only its digest, so nobody who reads the table can use what is in it.
 */
import { and, eq, isNull, or, sql, type SQL } from 'drizzle-orm';
import { errors, Provider, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { Database } from '../db/database.ts';
import { oauthArtefacts } from '../db/oauth-schema.ts';
import { inShop } from '../db/row-security.ts';
import { findApp } from './apps/app.ts';
import { digestOf } from './digest.ts';
import { selectFound } from './select-found.ts';

/** A grant is kept under what it came to be; what was issued for it ends with it. */
const OF_A_GRANT = new Set(['AccessToken', 'AuthorizationCode', 'RefreshToken']);

type Row = typeof oauthArtefacts.$inferSelect;

/** Makes the adapter of one kind of thing. */
export function createAdapter(db: Database, now: () => Date, model: string): Adapter {
  const read = async (call: SQL): Promise<Row | undefined> => {
    const [row] = await selectFound(db, oauthArtefacts, call);
    return row?.model === model ? row : undefined;
  };
  const readById = (id: string) => read(sql`plaudit_find_artefact(${digestOf(id)})`);

  /** A session is of one shop: asked for by an app of another it is not there, and a new one begins. */
  const isForAsking = async ({ shopId }: Row): Promise<boolean> => {
    const asking = Provider.ctx?.query['client_id'];
    if (typeof asking !== 'string') return true;
    const app = await findApp(db, asking);
    return app === undefined || app.shopId === shopId;
  };

  /** Whose a new thing is: its app's shop's. A session may serve several of its apps. */
  const findOwner = async (id: string, payload: AdapterPayload) => {
    if (model === 'Session') {
      const row = await readById(id);
      if (row) return { shopId: row.shopId, appId: null };
    }
    const inRequest = Provider.ctx?.oidc.client?.clientId;
    const clientId = payload.clientId ?? payload.params?.['client_id'] ?? inRequest;
    const app = typeof clientId === 'string' ? await findApp(db, clientId) : undefined;
    if (!app) throw new errors.InvalidClient('client is invalid', 'client not found');
    return { shopId: app.shopId, appId: model === 'Session' ? null : app.id };
  };

  const remove = async (row: Pick<Row, 'shopId'> | undefined, which: SQL | undefined) => {
    if (row) await inShop(db, row.shopId, async (tx) => tx.delete(oauthArtefacts).where(which));
  };

  return {
    async upsert(id, payload, expiresIn = 0) {
      const { shopId, appId } = await findOwner(id, payload);
      const grantId = OF_A_GRANT.has(model) && payload.grantId ? digestOf(payload.grantId) : null;
      const uid = model === 'Session' && payload.uid ? digestOf(payload.uid) : null;
      const expiresAt = new Date(now().getTime() + expiresIn * 1000);
      const row = { payload: withoutSecrets(payload), grantId, uid, expiresAt };
      await inShop(db, shopId, (tx) =>
        tx
          .insert(oauthArtefacts)
          .values({ id: digestOf(id), shopId, appId, model, ...row })
          .onConflictDoUpdate({ target: oauthArtefacts.id, set: row }),
      );
    },

    async find(id) {
      const row = await readById(id);
      if (!row || (model === 'Session' && !(await isForAsking(row)))) return undefined;
      return toPayload(row, id);
    },

    async findByUid(uid) {
      const row = await read(sql`plaudit_find_session(${digestOf(uid)})`);
      // Its first name is not known here, so it can be looked at but not be saved.
      return row && toPayload(row, undefined);
    },

    async findByUserCode() {
      return undefined;
    },

    /** Of any number of uses at the same time one succeeds; the others take the whole grant back. */
    async consume(id) {
      const row = await readById(id);
      const used =
        row &&
        (await inShop(db, row.shopId, (tx) =>
          tx
            .update(oauthArtefacts)
            .set({ consumedAt: now() })
            .where(and(eq(oauthArtefacts.id, row.id), isNull(oauthArtefacts.consumedAt)))
            .returning({ id: oauthArtefacts.id }),
        ));
      if (used?.length === 1) return;
      if (row?.grantId) await remove(row, ofGrant(row.grantId));
      throw new errors.InvalidGrant('already used');
    },

    async destroy(id) {
      await remove(await readById(id), eq(oauthArtefacts.id, digestOf(id)));
    },

    async revokeByGrantId(grantId) {
      const client = Provider.ctx?.oidc.client?.clientId ?? '';
      const isOf = and(
        eq(oauthArtefacts.model, model),
        eq(oauthArtefacts.grantId, digestOf(grantId)),
      );
      await remove(await findApp(db, client), isOf);
    },
  };
}

const ofGrant = (id: string) => or(eq(oauthArtefacts.grantId, id), eq(oauthArtefacts.id, id));

/** The id is the token itself, and a sign-in under way knows its session by its cookie. */
function withoutSecrets({ jti: _jti, session, ...payload }: AdapterPayload) {
  const { cookie: _cookie, ...known } = session ?? {};
  return { ...payload, ...(session && { session: known }) };
}

const toPayload = ({ payload, consumedAt }: Row, jti: string | undefined): AdapterPayload => ({
  ...payload,
  ...(jti !== undefined && { jti }),
  ...(consumedAt && { consumed: Math.floor(consumedAt.getTime() / 1000) }),
});
