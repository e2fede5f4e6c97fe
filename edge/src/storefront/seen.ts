import { fnv1a } from '@plaudit/contract';

/**
 * Tells what comes again from what comes once, in four bytes each, so that a memo is not filled with
 * what nobody will ask for a second time. Forgets what was seen long ago.
 */
export class Seen {
  readonly #hashes: Uint32Array;

  /** @param sizeMax How many texts it remembers at the most. */
  constructor(sizeMax: number) {
    this.#hashes = new Uint32Array(sizeMax);
  }

  /** Whether this text was here before; very rarely it was another one. */
  again(text: string): boolean {
    const hash = fnv1a(text);
    const at = hash % this.#hashes.length;
    if (this.#hashes[at] === hash) return true;
    this.#hashes[at] = hash;
    return false;
  }
}
