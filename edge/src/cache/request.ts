/** A question put to the cache, already normalised by whoever asks. */
export interface CacheRequest {
  readonly method: string;
  /** Where the origin answers it. */
  readonly url: string;
  /** Everything that makes it a different question. Starts with the path, so that prefixes can be purged. */
  readonly key: string;
  /** What the client sent: only conditions, ranges and (if obeyed) `Cache-Control` are looked at. */
  readonly client: Headers;
  /** What the origin gets, and the only thing `Vary` can select by. */
  readonly forward: Headers;
  /** Whether a softly purged answer will do at once, without the moment's wait for the new one. */
  readonly takesPurged?: boolean;
  readonly body?: ReadableStream | null;
  /**
   * The key of another address as an answer to this request names it; `undefined` where that is not
   * this origin's. Absent, a write changes nothing but its own target.
   */
  readonly keyOf?: (reference: string) => string | undefined;
}

/** What lets work outlive the answer: a Worker's execution context. */
export interface Lifetime {
  waitUntil(work: Promise<unknown>): void;
}
