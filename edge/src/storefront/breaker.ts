/**
 * A circuit breaker for one origin, across all keys, reads and writes alike. Closed: requests go
 * through. Open, after failures in a row: each is refused at once, so that nobody waits for a dead
 * origin and a struggling one can recover. Half-open, after a rest: one request goes as the probe,
 * and its outcome closes or opens the circuit. One per isolate.
 */
import { OriginFailure, type FailureKind } from './origin-failure.ts';

/** Failures in a row, no success between them, that open the circuit. */
const FAILURES_MAX = 5;
/** They span at least this, in milliseconds: the connections that a restart cuts are one failure. */
const SPAN_MS = 1_000;
/** How long the origin is left alone, in milliseconds. */
const REST_MS = 5_000;
/** A probe that says nothing for so long never will: its visitor left. In milliseconds. */
const PROBE_MS = 30_000;

/** Failures of the origin as a whole; the others may be of one page alone, and count once a page. */
const OF_THE_WHOLE = new Set<FailureKind>(['unreachable', 'unavailable']);

/** Whoever was let through tells how it went, once. */
export interface Passage {
  succeeded(): void;
  failed(kind: FailureKind): void;
}

export interface Breaker {
  /**
   * Lets a request for this path through.
   * @throws {OriginFailure} `resting` with the seconds to wait, while the circuit is open
   */
  enter(path: string): Passage;
  /** Something else showed that the origin works again: the next request may probe it. */
  hearsOfLife(): void;
}

/** @param now Milliseconds. */
export function createBreaker(now: () => number): Breaker {
  /** What failed since the last success; the path where that may be all that is broken. */
  const failing = new Set<unknown>();
  let failingSinceMs = 0;
  let openUntilMs: number | undefined;
  let isProbing = false;
  /** Outcomes of an earlier state say nothing about this one. */
  let turn = 0;

  function open(): void {
    turn++;
    isProbing = false;
    openUntilMs = now() + REST_MS;
  }

  function close(): void {
    if (openUntilMs !== undefined) turn++;
    openUntilMs = undefined;
    isProbing = false;
    failing.clear();
  }

  function failed(path: string, kind: FailureKind): void {
    if (isProbing) return open();
    if (failing.size === 0) failingSinceMs = now();
    if (failing.size < FAILURES_MAX) failing.add(OF_THE_WHOLE.has(kind) ? Symbol() : page(path));
    const isLasting = now() - failingSinceMs >= SPAN_MS;
    if (failing.size >= FAILURES_MAX && isLasting) open();
  }

  function enter(path: string): Passage {
    if (openUntilMs !== undefined) probe(openUntilMs - now());
    const entered = turn;
    return {
      succeeded: () => void (entered === turn && close()),
      failed: (kind) => void (entered === turn && failed(path, kind)),
    };
  }

  /** Throws, or makes the request the probe. */
  function probe(leftMs: number): void {
    if (leftMs > 0) {
      const seconds = Math.ceil(Math.min(leftMs, REST_MS) / 1000);
      throw new OriginFailure('resting', 'the origin failed too often', seconds);
    }
    turn++;
    isProbing = true;
    openUntilMs = now() + PROBE_MS;
  }

  return {
    enter,
    hearsOfLife() {
      if (openUntilMs !== undefined && !isProbing) openUntilMs = now();
    },
  };
}

/** A page is one however it is asked for. */
const page = (path: string): string => path.split('?', 1)[0] ?? path;
