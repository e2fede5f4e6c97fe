/**
 * Keeps entries in the memory of one isolate, bounded in bytes. Look-ups, replacements and evictions
 * take constant time; a purge by tag touches only what carries the tag.
 */
import { entrySize } from './entry-size.ts';
import { Sieve, type Place } from './sieve.ts';
import { isSelected, purged, type Entry, type Purge, type Selection, type Store } from './store.ts';
import { withVariant } from './variants.ts';

/** No single key may take more than this share of the memory. */
const LARGEST_SHARE = 1 / 8;

interface Slot {
  readonly key: string;
  variants: readonly Entry[];
  bytes: number;
}

export class MemoryStore implements Store {
  readonly #limitBytes: number;
  readonly #places = new Map<string, Place<Slot>>();
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #queue = new Sieve<Slot>();
  #bytes = 0;

  /** @param limitBytes What all entries together may take. */
  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Estimated bytes in use; never above the limit. */
  get bytes(): number {
    return this.#bytes;
  }

  /** How many keys are kept. */
  get size(): number {
    return this.#places.size;
  }

  get(key: string): readonly Entry[] {
    const place = this.#places.get(key);
    if (!place) return [];
    place.used = true;
    return place.value.variants;
  }

  put(entry: Entry): void {
    this.#replace(entry.key, withVariant(this.#variants(entry.key), entry));
    this.#shrink();
  }

  delete(key: string): void {
    const place = this.#places.get(key);
    if (!place) return;
    this.#places.delete(key);
    this.#queue.leave(place);
    this.#bytes -= place.value.bytes;
    this.#untag(place.value);
  }

  purge(purge: Purge): number {
    let count = 0;
    for (const key of this.#keysOf(purge.selection)) {
      const before = this.#variants(key);
      const after = before.flatMap((entry) => {
        if (!isSelected(entry, purge.selection)) return [entry];
        count++;
        return purged(entry, purge) ?? [];
      });
      this.#replace(key, after);
    }
    return count;
  }

  #variants(key: string): readonly Entry[] {
    return this.#places.get(key)?.value.variants ?? [];
  }

  /** Puts a slot's new content in place, keeping its position in the queue. */
  #replace(key: string, variants: readonly Entry[]): void {
    const bytes = variants.reduce((sum, entry) => sum + entrySize(entry), 0);
    if (variants.length === 0 || bytes > this.#limitBytes * LARGEST_SHARE) {
      this.delete(key);
      return;
    }
    let place = this.#places.get(key);
    if (place) {
      this.#untag(place.value);
    } else {
      place = this.#queue.enter({ key, variants: [], bytes: 0 });
      this.#places.set(key, place);
    }
    const slot = place.value;
    this.#bytes += bytes - slot.bytes;
    slot.variants = variants;
    slot.bytes = bytes;
    this.#tag(slot);
  }

  #shrink(): void {
    while (this.#bytes > this.#limitBytes) {
      const victim = this.#queue.victim();
      if (!victim) return;
      this.delete(victim.value.key);
    }
  }

  #tag(slot: Slot): void {
    for (const tag of slot.variants.flatMap((entry) => entry.tags)) {
      const keys = this.#keysByTag.get(tag);
      if (keys) keys.add(slot.key);
      else this.#keysByTag.set(tag, new Set([slot.key]));
    }
  }

  #untag(slot: Slot): void {
    for (const tag of slot.variants.flatMap((entry) => entry.tags)) {
      const keys = this.#keysByTag.get(tag);
      if (keys?.delete(slot.key) && keys.size === 0) this.#keysByTag.delete(tag);
    }
  }

  #keysOf(selection: Selection): string[] {
    if ('keys' in selection) return [...selection.keys];
    if (!('tags' in selection)) return [...this.#places.keys()];
    const tags = [...selection.tags];
    return [...new Set(tags.flatMap((tag) => [...(this.#keysByTag.get(tag) ?? [])]))];
  }
}
