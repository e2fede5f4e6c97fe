/**
 * Two stores as one: a quick one that is asked first, and one behind it that survives. What the one
 * behind has is brought forward when it is asked for. The one behind fails open: an answer is never
 * lost because a copy of it could not be kept or found.
 */
import type { Entry, Purge, Store } from './store.ts';

export class TieredStore implements Store {
  readonly #front: Store;
  readonly #back: Store;

  constructor(front: Store, back: Store) {
    this.#front = front;
    this.#back = back;
  }

  get(key: string): readonly Entry[] | Promise<readonly Entry[]> {
    const found = this.#front.get(key);
    if (found instanceof Promise) return found.then((entries) => this.#orBack(key, entries));
    return found.length > 0 ? found : this.#orBack(key, found);
  }

  async put(entry: Entry): Promise<void> {
    await this.#front.put(entry);
    await orElse(undefined, () => this.#back.put(entry));
  }

  async delete(key: string): Promise<void> {
    await this.#front.delete(key);
    await this.#back.delete(key);
  }

  /** A purge must reach both, so here the one behind may fail the call: whoever purges tries again. */
  async purge(purge: Purge): Promise<number> {
    const count = await this.#front.purge(purge);
    return Math.max(count, await this.#back.purge(purge));
  }

  async #orBack(key: string, found: readonly Entry[]): Promise<readonly Entry[]> {
    if (found.length > 0) return found;
    const entries = await orElse([], () => this.#back.get(key));
    // Oldest first, so that the newest ends up in front again.
    for (const entry of entries.toReversed()) await this.#front.put(entry);
    return entries;
  }
}

async function orElse<T>(fallback: T, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    return fallback;
  }
}
