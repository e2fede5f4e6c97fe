/** What a cache may be told to do differently. The defaults are those of a careful shared cache. */
export interface CachePolicy {
  /** Its name in `Cache-Status`. */
  readonly name: string;
  /** Targeted fields it obeys instead of `Cache-Control`, the most specific first (RFC 9213). */
  readonly targetedFields: readonly string[];
  /**
   * Whether a client may shorten or widen what it accepts (`no-cache`, `max-age`, `max-stale` …,
   * RFC 9111 §5.2.1). Off, a reload costs the origin nothing.
   */
  readonly obeysRequests: boolean;
  /** Whether answers without explicit lifetime may be kept for a tenth of their age (§4.2.2). */
  readonly guessesFreshness: boolean;
  /** Whether `Set-Cookie` reaches clients at all. */
  readonly passesCookies: boolean;
  /** Whether answers with `Set-Cookie` may be stored, for everyone to get (RFC 9111 §7.3). */
  readonly storesCookies: boolean;
  /** Whether purges are its source of truth, so that `Age` counts from the end of freshness. */
  readonly vouches: boolean;
  /** Request fields that are part of the key already, so that a `Vary` on them changes nothing. */
  readonly keyedFields: readonly string[];
  /** Answers with larger bodies are passed through. In bytes. */
  readonly bodyLimitBytes: number;
  /**
   * A body longer than this is sent while it arrives, to whoever's miss it is. A shorter one is sent when
   * all of it is there, so that one cut short is an error that can still be told. In bytes.
   */
  readonly streamedFromBytes: number;
  /** How long one who waits for another's fetch waits before asking for itself, in milliseconds. */
  readonly collapseWaitMs: number;
  /**
   * How long a reader waits for the new answer who could be given a stale one: the first after a soft
   * purge, and those who come when only an error would allow it. In milliseconds.
   */
  readonly staleWaitMs: number;
  /** How long the origin is left alone about a key after a failed revalidation, in milliseconds. */
  readonly retryAfterMs: number;
  /** Longest silence between two pieces of a body, in milliseconds. */
  readonly chunkWaitMs: number;
  /**
   * The fields a client gets, made from the origin's: for what may be stored (then once an entry,
   * not once a hit) and for what may not.
   */
  readonly outgoing: (
    fields: Readonly<Record<string, string>>,
    isStorable: boolean,
  ) => Record<string, string>;
}

export const DEFAULT_POLICY: CachePolicy = {
  name: 'Plaudit',
  targetedFields: ['cdn-cache-control'],
  obeysRequests: true,
  guessesFreshness: false,
  passesCookies: true,
  storesCookies: false,
  vouches: false,
  keyedFields: [],
  bodyLimitBytes: 8 * 1024 * 1024,
  streamedFromBytes: 64 * 1024,
  collapseWaitMs: 15_000,
  staleWaitMs: 1_000,
  retryAfterMs: 5_000,
  chunkWaitMs: 10_000,
  outgoing: (fields) => ({ ...fields }),
};
