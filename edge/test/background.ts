/** Work that outlives an answer, collected so that a test can wait for it. */
export class Background {
  readonly #work: Promise<unknown>[] = [];

  waitUntil(work: Promise<unknown>): void {
    this.#work.push(work);
  }

  passThroughOnException(): void {
    throw new Error('the edge answers its own errors');
  }

  /** Resolves when all of it is done, what it started meanwhile included. */
  async settled(): Promise<void> {
    while (this.#work.length > 0) await this.#work.shift();
  }
}
