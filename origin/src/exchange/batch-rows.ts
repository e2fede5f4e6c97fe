/** Gathers the rows of a file into batches, and has one written while the next is gathered. */

/** Rows of the file that are written together: those after `from`, up to `to`. */
export interface Batch<T> {
  from: number;
  to: number;
  items: T[];
}

/** Where rows go; every call waits while two batches are on their way. */
export interface Batching<T> {
  /** Takes a row, counted from 1, with what is to be written of it, if anything. */
  add: (row: number, item?: T) => Promise<void>;
  /** Writes what is left. */
  flush: () => Promise<void>;
  /** Waits for what is being written. Call it also when all fails: no write may outlive its database. */
  settle: () => Promise<void>;
}

/**
 * Starts to gather. A write that fails is told by the next call.
 * @param rowsDone rows that were written before; they are not taken again
 */
export function batchRows<T>(
  batchRowsMax: number,
  rowsDone: number,
  write: (batch: Batch<T>) => Promise<void>,
): Batching<T> {
  let batch: Batch<T> = { from: rowsDone, to: rowsDone, items: [] };
  let writing = Promise.resolve();
  const flush = async () => {
    await writing;
    if (batch.items.length === 0) return;
    writing = write(batch);
    // Its failure is met at the next `await`, which may be some rows away.
    writing.catch(() => {});
    batch = { from: batch.to, to: batch.to, items: [] };
  };
  return {
    async add(row, item) {
      if (row <= rowsDone) return;
      batch.to = row;
      if (item !== undefined) batch.items.push(item);
      if (batch.items.length === batchRowsMax) await flush();
    },
    flush,
    settle: () => writing,
  };
}
