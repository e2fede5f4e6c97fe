/**
 * The fetches under way. One per key can be joined; all are told of purges, because what was asked
 * for before a purge may be what the purge was about.
 */
import { isSelected, type Entry, type Selection } from '../store/store.ts';

/** More keys than this are not remembered as failing; forgetting one costs a request. */
const RESTING_MAX = 10_000;

export class Flight<T> {
  readonly key: string;
  readonly #purges: Selection[] = [];
  /** Settles when there is something to share. */
  result!: Promise<T>;
  /** Gives whoever leads the answer as it arrives; absent where all of it is waited for. */
  begin: ((response: Response) => void) | undefined;

  constructor(key: string) {
    this.key = key;
  }

  notePurge(selection: Selection): void {
    this.#purges.push(selection);
  }

  /** A purge came since it began: it may bring old news, so who comes now must not join it. */
  get isTainted(): boolean {
    return this.#purges.length > 0;
  }

  /** Whether what it brought is older than a purge that was about it. */
  isOutdated(entry: Entry): boolean {
    return this.#purges.some((selection) => isSelected(entry, selection));
  }
}

export class Flights<T> {
  readonly #joinable = new Map<string, Flight<T>>();
  readonly #all = new Set<Flight<T>>();
  readonly #restingUntil = new Map<string, number>();

  /** The fetch of this key that may be joined. */
  find(key: string): Flight<T> | undefined {
    const flight = this.#joinable.get(key);
    return flight?.isTainted ? undefined : flight;
  }

  /** Begins a fetch; `alone` keeps it to itself. */
  start(key: string, work: (flight: Flight<T>) => Promise<T>, alone = false): Flight<T> {
    const flight = new Flight<T>(key);
    this.#all.add(flight);
    if (!alone) this.#joinable.set(key, flight);
    flight.result = work(flight).finally(() => this.abandon(flight));
    // Whoever waits handles the failure; when nobody does, it is nobody's.
    flight.result.catch(() => undefined);
    return flight;
  }

  /** Nobody may join it any more: it ended, or it never will. */
  abandon(flight: Flight<T>): void {
    this.#all.delete(flight);
    if (this.#joinable.get(flight.key) === flight) this.#joinable.delete(flight.key);
  }

  /** Who purges is an origin that works, so none of it is left alone any longer. */
  notePurge(selection: Selection): void {
    this.#restingUntil.clear();
    for (const flight of this.#all) flight.notePurge(selection);
  }

  /** After a failure the origin is left alone about this key until then. */
  rest(key: string, untilMs: number): void {
    if (this.#restingUntil.size >= RESTING_MAX) this.#restingUntil.clear();
    this.#restingUntil.set(key, untilMs);
  }

  /** The origin answered about this key. */
  wake(key: string): void {
    this.#restingUntil.delete(key);
  }

  isResting(key: string, nowMs: number): boolean {
    const untilMs = this.#restingUntil.get(key);
    if (untilMs === undefined || nowMs < untilMs) return untilMs !== undefined;
    this.#restingUntil.delete(key);
    return false;
  }
}
