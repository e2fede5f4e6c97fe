/**
 * What a cache keeps, and the small interface behind which it keeps it. A store holds bytes and
 * instants; it knows nothing of policy and decides nothing but what to forget when it is full.
 */

/** An answer as it was stored: whole, immutable, with every instant already worked out. */
export interface Entry {
  /** Which question this answers (method, target, negotiated encoding). */
  readonly key: string;
  /** The request fields that chose this answer among its siblings (RFC 9111 §4.1), with their values. */
  readonly vary: Readonly<Record<string, string>>;
  readonly status: number;
  /** All end-to-end fields, names in lower case. */
  readonly fields: Readonly<Record<string, string>>;
  /** `Set-Cookie` lines, which cannot be joined; only where the policy stores them. */
  readonly cookies: readonly string[];
  /** The fields a client gets, worked out once so that a hit only copies them. */
  readonly outgoing: Readonly<Record<string, string>>;
  /** Encoded bytes, exactly as the origin sent them. */
  readonly body: ArrayBuffer;
  readonly tags: readonly string[];
  /** When the origin was asked for it: a purge at this moment or later is about it. */
  readonly askedAt: number;
  /** When the origin made this answer: `Age` is counted from here. */
  readonly cachedAt: number;
  /** From here on the answer is stale. A soft purge moves it to now. */
  readonly staleAt: number;
  /** From here on the answer is of no use to anyone. */
  readonly deleteAt: number;
  /** How long past `staleAt` it may be served while a new one is fetched, in milliseconds. */
  readonly staleWhileRevalidateMs: number;
  /** How long past `staleAt` it may stand in for an origin that fails, in milliseconds. */
  readonly staleIfErrorMs: number;
  /** Whether any stale use is allowed at all (RFC 9111 §4.2.4). */
  readonly staleAllowed: boolean;
  /** Softly purged and not asked for since: the first reader waits a moment for the new answer. */
  readonly purged: boolean;
}

/** Which entries a purge is about. */
export type Selection =
  | { readonly tags: ReadonlySet<string> }
  | { readonly keys: ReadonlySet<string> }
  | { readonly prefix: string }
  | { readonly all: true };

export interface Purge {
  readonly selection: Selection;
  /** `soft`: stale from now on. `hard`: gone. */
  readonly mode: 'soft' | 'hard';
  readonly atMs: number;
}

/**
 * Where entries are kept. Methods may answer at once or later: the memory store answers at once, so
 * that a hit costs no turn of the event loop.
 */
export interface Store {
  /** Every variant kept under a key, newest first; empty where there is none. */
  get(key: string): readonly Entry[] | Promise<readonly Entry[]>;
  /** Keeps an entry in place of the variant with the same `vary`. */
  put(entry: Entry): void | Promise<void>;
  /** Forgets every variant of a key. */
  delete(key: string): void | Promise<void>;
  /** Does what the purge says to every entry that it is about. Says how many of those it knew. */
  purge(purge: Purge): number | Promise<number>;
}

/** Whether a purge is about this entry. */
export function isSelected(entry: Pick<Entry, 'key' | 'tags'>, selection: Selection): boolean {
  if ('tags' in selection) return entry.tags.some((tag) => selection.tags.has(tag));
  if ('keys' in selection) return selection.keys.has(entry.key);
  if ('prefix' in selection) return entry.key.startsWith(selection.prefix);
  return true;
}

/** What a purge leaves of an entry that it is about. */
export function purged(entry: Entry, { mode, atMs }: Purge): Entry | undefined {
  if (mode === 'hard') return undefined;
  return { ...entry, staleAt: Math.min(entry.staleAt, atMs), purged: true };
}
