/**
 * Remembers what was worked out for a text, so that a hit need not parse it again. Bounded: when it
 * is full it forgets everything, which costs less than knowing what to forget.
 */
export class Memo<T> {
  readonly #known = new Map<string, T>();
  readonly #sizeMax: number;
  readonly #textMax: number;

  /** @param textMax Longer texts are not remembered, in UTF-16 units. */
  constructor(sizeMax: number, textMax: number) {
    this.#sizeMax = sizeMax;
    this.#textMax = textMax;
  }

  get(text: string): T | undefined {
    return this.#known.get(text);
  }

  set(text: string, value: T): void {
    if (text.length > this.#textMax) return;
    if (this.#known.size >= this.#sizeMax) this.#known.clear();
    this.#known.set(text, value);
  }
}
