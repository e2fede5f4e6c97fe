/**
 * SIEVE (Zhang et al., NSDI 2024): which of many things to forget first. New things enter at the
 * head of a queue; a hand walks from the tail, spares what was used since it last came by and picks
 * the first that was not. A crawler reading everything once pushes out little but its own reading,
 * a hit costs one assignment, and nothing ever moves within the queue.
 */

/** A place in the queue. Owned by whoever made it with `enter`. */
export interface Place<T> {
  readonly value: T;
  /** Set by the owner at each use; cleared by the hand as it passes. */
  used: boolean;
  newer: Place<T> | undefined;
  older: Place<T> | undefined;
}

export class Sieve<T> {
  #head: Place<T> | undefined;
  #tail: Place<T> | undefined;
  #hand: Place<T> | undefined;

  /** Adds a value as the newest. */
  enter(value: T): Place<T> {
    const place: Place<T> = { value, used: false, newer: undefined, older: this.#head };
    if (this.#head) this.#head.newer = place;
    this.#head = place;
    this.#tail ??= place;
    return place;
  }

  /** Takes a place out of the queue. */
  leave(place: Place<T>): void {
    if (this.#hand === place) this.#hand = place.newer;
    if (place.newer) place.newer.older = place.older;
    else this.#head = place.older;
    if (place.older) place.older.newer = place.newer;
    else this.#tail = place.newer;
  }

  /** The place to give up next; `undefined` when the queue is empty. Amortised constant time. */
  victim(): Place<T> | undefined {
    let place = this.#hand ?? this.#tail;
    while (place?.used) {
      place.used = false;
      place = place.newer ?? this.#tail;
    }
    this.#hand = place;
    return place;
  }
}
