/**
 * Sees statements on their way to the database, and changes them, to know what holds without the code that
 * wrote them: with the domain's own shop filters taken out, row-level security alone keeps shops apart.
 */
import { PGlite } from '@electric-sql/pglite';
import { Pool } from 'pg';
import { SHOP_ROLE } from '../src/db/row-security.ts';
import type { Database } from '../src/db/database.ts';

interface Statement {
  text: string;
  values: unknown[];
}
type Query = (text: string, values?: unknown[], ...rest: unknown[]) => unknown;
type Inside = { query: Query };

/** What is taken out. */
export interface Rewriting {
  /** How many filters were. */
  removed: number;
  end: () => void;
}

/** As the query builder writes them, with the number of the parameter. */
const SHOP_FILTER = /(?:"\w+"\.)?"shop_id" = \$(\d+)|"shops"\."id" = \$(\d+)/g;

/** Takes the shop filters out of every statement, and row-level security too where asked to. */
export function removeShopFilters(
  db: Database,
  { withRowSecurity }: { withRowSecurity: boolean },
): Rewriting {
  const rewriting: Rewriting = { removed: 0, end: () => {} };
  const rewrite = ({ text, values }: Statement): Statement => ({
    text: text.replaceAll(SHOP_FILTER, (_filter, ...numbers: (string | undefined)[]) => {
      rewriting.removed += 1;
      // Parameters keep their places.
      return `($${numbers[0] ?? numbers[1]}::bigint is not null)`;
    }),
    values: withRowSecurity
      ? values
      : values.map((value) => (value === SHOP_ROLE ? 'none' : value)),
  });
  rewriting.end = onEachStatement(db, rewrite);
  return rewriting;
}

/** The texts of the statements that some work sends, in their order; nothing else may be under way. */
export async function statementsOf(db: Database, work: () => Promise<unknown>): Promise<string[]> {
  const texts: string[] = [];
  const end = onEachStatement(db, (statement) => {
    texts.push(statement.text);
    return statement;
  });
  try {
    await work();
  } finally {
    end();
  }
  return texts;
}

function onEachStatement(db: Database, see: (statement: Statement) => Statement): () => void {
  const { $client } = db as unknown as { $client: unknown };
  if ($client instanceof PGlite) return onPglite($client, see);
  if ($client instanceof Pool) return onPostgres($client, see);
  throw new Error('This database is none that we know.');
}

function onPostgres(pool: Pool, rewrite: (statement: Statement) => Statement): () => void {
  const ends = new Map<unknown, () => void>();
  const wrap = (client: object) => {
    if (ends.has(client)) return;
    const target = client as { query: (...args: unknown[]) => unknown };
    const { query } = target;
    target.query = (config, ...rest) => {
      const [values, ...more] = Array.isArray(rest[0]) ? rest : [[], ...rest];
      if (typeof config !== 'object' || config === null || !('text' in config)) {
        return query(config, ...rest);
      }
      const changed = rewrite({ text: String(config.text), values: values as unknown[] });
      return query({ ...config, text: changed.text }, changed.values, ...more);
    };
    ends.set(client, () => {
      target.query = query;
    });
  };
  pool.on('acquire', wrap);
  return () => {
    pool.off('acquire', wrap);
    for (const end of ends.values()) end();
  };
}

function onPglite(client: PGlite, rewrite: (statement: Statement) => Statement): () => void {
  const target = client as unknown as Inside & { transaction: (work: unknown) => unknown };
  const wrap =
    (query: Query): Query =>
    (text, values = [], ...rest) => {
      const changed = rewrite({ text, values });
      return query(changed.text, changed.values, ...rest);
    };
  const { query, transaction } = target;
  target.query = wrap(query.bind(client));
  target.transaction = (work) =>
    transaction.call(client, (tx: Inside) => {
      const inside = tx;
      inside.query = wrap(tx.query.bind(tx));
      return (work as (tx: Inside) => unknown)(inside);
    });
  return () => {
    Object.assign(target, { query, transaction });
  };
}
