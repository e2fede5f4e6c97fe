/** The tags that wait to be purged, in the queue's own database: what is in it survives a restart. */
import type { PurgeRequest } from '@plaudit/contract';

/** Most tags the platform takes in one call. */
export const TAGS_PER_CALL = 100;
/** When more of one shop's products wait, the whole shop is purged instead. */
const PRODUCTS_PER_SHOP_MAX = 200;

type Mode = PurgeRequest['mode'];

/** Tags for one call, with the marks by which they are taken out afterwards. */
export interface Batch {
  readonly mode: Mode;
  readonly tags: readonly string[];
  readonly marks: readonly number[];
}

type Row = { tag: string; mark: number; mode: Mode };

export class WaitingTags {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    // A mark is new at every request, so a tag asked for again during its purge is purged again.
    sql.exec(`CREATE TABLE IF NOT EXISTS waiting (
      mark INTEGER PRIMARY KEY AUTOINCREMENT,
      tag TEXT NOT NULL UNIQUE,
      shop TEXT,
      mode TEXT NOT NULL,
      since INTEGER NOT NULL
    )`);
  }

  /** Adds tags; one that waits already keeps its age, and stays hard if it ever was. */
  add({ tags, mode }: PurgeRequest, nowMs: number): void {
    for (const tag of new Set(tags)) this.#addOne(tag, mode, nowMs);
    this.#widen(nowMs);
  }

  /** The oldest of those that matter most: what must be gone comes before what may be stale. */
  next(): Batch | undefined {
    const rows = this.#sql
      .exec<Row>(
        `SELECT tag, mark, mode FROM waiting
         WHERE mode = (SELECT min(mode) FROM waiting) ORDER BY since, mark LIMIT ?`,
        TAGS_PER_CALL,
      )
      .toArray();
    const mode = rows[0]?.mode;
    if (mode === undefined) return undefined;
    return { mode, tags: rows.map(({ tag }) => tag), marks: rows.map(({ mark }) => mark) };
  }

  /** Takes out what was purged, unless it was asked for again meanwhile. */
  done({ marks }: Batch): void {
    for (const mark of marks) this.#sql.exec('DELETE FROM waiting WHERE mark = ?', mark);
  }

  get size(): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM waiting').one().n;
  }

  /** When the oldest was added; `undefined` when nothing waits. */
  get since(): number | undefined {
    const { since } = this.#sql
      .exec<{ since: number | null }>('SELECT min(since) AS since FROM waiting')
      .one();
    return since ?? undefined;
  }

  #addOne(tag: string, mode: Mode, nowMs: number): void {
    const [known] = this.#sql
      .exec<{ mode: Mode; since: number }>('SELECT mode, since FROM waiting WHERE tag = ?', tag)
      .toArray();
    this.#sql.exec(
      'INSERT OR REPLACE INTO waiting (tag, shop, mode, since) VALUES (?, ?, ?, ?)',
      tag,
      shopOf(tag),
      known?.mode === 'hard' ? 'hard' : mode,
      known?.since ?? nowMs,
    );
  }

  /** Replaces very many products of a shop by the shop. */
  #widen(nowMs: number): void {
    const shops = this.#sql
      .exec<{ shop: string; mode: Mode; since: number }>(
        `SELECT shop, mode, min(since) AS since FROM waiting WHERE shop IS NOT NULL
         GROUP BY shop, mode HAVING count(*) > ?`,
        PRODUCTS_PER_SHOP_MAX,
      )
      .toArray();
    for (const { shop, mode, since } of shops) {
      this.#sql.exec('DELETE FROM waiting WHERE shop = ? AND mode = ?', shop, mode);
      this.#addOne(`shop:${shop}`, mode, Math.min(since, nowMs));
    }
  }
}

/** The shop of a product's tag; all others stand for themselves. */
const shopOf = (tag: string): string | null => /^product:([^:]+):/.exec(tag)?.[1] ?? null;
