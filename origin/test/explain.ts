/** What statements cost, by the database's own account of them. For benchmarks, on Postgres. */
import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { POSTGRES_OPTIONS, type Database } from '../src/db/database.ts';
import { inShop } from '../src/db/row-security.ts';
import * as schema from '../src/db/schema.ts';

/** One statement, planned and run. */
export interface Explained {
  ms: number;
  /** The nodes that read rows, such as `Index Scan reviews_shop_newest`. */
  scans: string[];
  /** Tables that were read from end to end. */
  sequential: string[];
}

/** A connection under the role that visitors are served by. */
export interface Explainer {
  db: Database;
  /** Does some work of a shop, then has each of its statements explained. @param times how often */
  explain: (shopId: number, work: () => Promise<unknown>, times: number) => Promise<Explained[][]>;
  /** How often each table was read from end to end since the database was made, functions included. */
  sequentialScans: () => Promise<Record<string, number>>;
  close: () => Promise<void>;
}

interface Statement {
  query: string;
  params: unknown[];
}

/** Opens one. */
export async function openExplainer(connectionString: string): Promise<Explainer> {
  const client = new Client({ connectionString, options: POSTGRES_OPTIONS });
  await client.connect();
  let recorded: Statement[] | undefined;
  const logQuery = (query: string, params: unknown[]) => recorded?.push({ query, params });
  const db = drizzle(client, { schema, casing: 'snake_case', logger: { logQuery } });

  async function record(work: () => Promise<unknown>): Promise<Statement[]> {
    const statements: Statement[] = [];
    recorded = statements;
    try {
      await work();
    } finally {
      recorded = undefined;
    }
    return statements.filter(
      ({ query }) => /^\s*(select|with)\b/i.test(query) && !query.includes('set_config'),
    );
  }

  async function run({ query, params }: Statement): Promise<Explained> {
    const text = `explain (analyze, timing off, format json) ${query}`;
    const { rows } = await client.query<{ 'QUERY PLAN': [Plan] }>(text, params);
    const [row] = rows;
    if (!row) throw new Error('The database did not explain itself.');
    const [plan] = row['QUERY PLAN'];
    const nodes = [...walk(plan.Plan)];
    return {
      ms: plan['Planning Time'] + plan['Execution Time'],
      scans: nodes.filter((node) => node['Node Type'].includes('Scan')).map(nameOf),
      sequential: nodes
        .filter((node) => node['Node Type'] === 'Seq Scan')
        .map((node) => node['Relation Name'] ?? ''),
    };
  }

  return {
    db,
    explain: async (shopId, work, times) => {
      const statements = await record(work);
      const rounds: Explained[][] = [];
      for (let round = 0; round < times; round += 1) {
        const explained = await inShop(db, shopId, async () => {
          const each: Explained[] = [];
          for (const statement of statements) each.push(await run(statement));
          return each;
        });
        rounds.push(explained);
      }
      return rounds;
    },
    sequentialScans: async () => {
      await client.query('select pg_stat_force_next_flush()');
      const { rows } = await client.query<{ name: string; scans: string }>(
        'select relname as name, seq_scan::text as scans from pg_stat_user_tables',
      );
      return Object.fromEntries(rows.map(({ name, scans }) => [name, Number(scans)]));
    },
    close: () => client.end(),
  };
}

interface Plan {
  'Planning Time': number;
  'Execution Time': number;
  Plan: Node;
}

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Function Name'?: string;
  Plans?: Node[];
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const inner of node.Plans ?? []) yield* walk(inner);
}

const nameOf = (node: Node): string =>
  `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name'] ?? node['Function Name'] ?? ''}`.trim();
