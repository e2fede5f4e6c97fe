/** A clock that stands still until it is told how much time passes. */
export class TestClock {
  #nowMs = Date.UTC(2026, 0, 1);

  readonly now = (): number => this.#nowMs;

  passes(seconds: number): void {
    this.#nowMs += seconds * 1000;
  }
}
