/**
 * The time limits of one exchange with the origin, one after another. As a rule they cost one timer
 * together: it is set anew only where it goes off before the limit that holds by then.
 */
import { LATE } from '../cache/within.ts';

export class Deadline {
  readonly #controller = new AbortController();
  readonly #passed: Promise<typeof LATE>;
  #pass!: (late: typeof LATE) => void;
  #timer: ReturnType<typeof setTimeout>;
  #firesAtMs: number;
  #dueAtMs: number;

  /** @param limitMs From now on. */
  constructor(limitMs: number) {
    this.#passed = new Promise((resolve) => {
      this.#pass = resolve;
    });
    this.#dueAtMs = this.#firesAtMs = Date.now() + limitMs;
    this.#timer = setTimeout(this.#check, limitMs);
  }

  /** Aborted when the time is up, or when nobody waits any more. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Another limit from now on, in place of the one before. */
  restart(limitMs: number): void {
    this.#dueAtMs = Date.now() + limitMs;
    if (this.#dueAtMs < this.#firesAtMs) this.#setTimer(limitMs);
  }

  /** Waits for work as long as there is time; the work itself goes on. */
  limit<T>(work: Promise<T>): Promise<T | typeof LATE> {
    return Promise.race([work, this.#passed]);
  }

  /** There is no limit any more. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Nobody waits any more, so nothing more need come. */
  giveUp(): void {
    this.stop();
    this.#controller.abort();
  }

  #setTimer(limitMs: number): void {
    clearTimeout(this.#timer);
    this.#firesAtMs = Date.now() + limitMs;
    this.#timer = setTimeout(this.#check, limitMs);
  }

  readonly #check = (): void => {
    const leftMs = this.#dueAtMs - Date.now();
    if (leftMs > 0) {
      this.#setTimer(leftMs);
      return;
    }
    this.#pass(LATE);
    this.giveUp();
  };
}
