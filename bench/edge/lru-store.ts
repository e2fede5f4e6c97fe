/** Plain LRU with the very same accounting of bytes: what the memory store is compared with. */
import { entrySize } from '../../edge/src/store/entry-size.ts';
import type { Entry } from '../../edge/src/store/store.ts';

export class LruStore {
  readonly #limitBytes: number;
  /** A `Map` keeps the order of insertion: the first is the one used longest ago. */
  readonly #entries = new Map<string, Entry>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(key: string): readonly Entry[] {
    const entry = this.#entries.get(key);
    if (!entry) return [];
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return [entry];
  }

  put(entry: Entry): void {
    this.#delete(entry.key);
    this.#entries.set(entry.key, entry);
    this.#bytes += entrySize(entry);
    for (const key of this.#entries.keys()) {
      if (this.#bytes <= this.#limitBytes) return;
      this.#delete(key);
    }
  }

  #delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#bytes -= entrySize(entry);
  }
}
