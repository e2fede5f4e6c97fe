/**
 * Keeps entries outside the isolate, where a restart does not reach them. Such places cannot be
 * searched, so a purge leaves a note under each tag, and an entry asked for before the note was
 * left is what the note says. A read costs one look-up and one for each tag.
 */
import type { Blobs } from './blobs.ts';
import { fromBytes, toBytes } from './entry-bytes.ts';
import { isSelected, purged, type Entry, type Purge, type Selection, type Store } from './store.ts';
import { withVariant } from './variants.ts';

/** Notes outlive every entry they could be about: nothing is kept longer than this. */
const KEEP_MAX_SECONDS = 30 * 24 * 3600;
const EVERYTHING = 'note everything';
const PREFIXES = 'note prefixes';
/** More prefixes than this are a purge of everything. */
const PREFIXES_MAX = 100;

/** When a tag was last purged, in each way. */
type Note = { softAt?: number; hardAt?: number };
type PrefixNotes = Record<string, Note>;

export class PersistentStore implements Store {
  readonly #blobs: Blobs;
  readonly #now: () => number;

  constructor(blobs: Blobs, now: () => number = Date.now) {
    this.#blobs = blobs;
    this.#now = now;
  }

  async get(key: string): Promise<readonly Entry[]> {
    const bytes = await this.#blobs.get(entryName(key));
    if (!bytes) return [];
    const entries = await Promise.all(fromBytes(bytes).map((entry) => this.#noted(entry)));
    return entries.filter((entry) => entry !== undefined);
  }

  async put(entry: Entry): Promise<void> {
    const entries = withVariant(await this.get(entry.key), entry);
    const keepSeconds = Math.max(...entries.map(({ deleteAt }) => deleteAt - this.#now())) / 1000;
    if (keepSeconds <= 0) return;
    const name = entryName(entry.key);
    await this.#blobs.put(name, toBytes(entries), Math.min(keepSeconds, KEEP_MAX_SECONDS));
  }

  async delete(key: string): Promise<void> {
    await this.#blobs.delete(entryName(key));
  }

  /** Counts nothing: whom a note is about shows when it is read. */
  async purge(purge: Purge): Promise<number> {
    const { selection } = purge;
    if ('keys' in selection)
      await Promise.all([...selection.keys].map((key) => this.#purgeKey(key, purge)));
    else if ('prefix' in selection) await this.#notePrefix(selection.prefix, purge);
    else await Promise.all(noteNames(selection).map((name) => this.#note(name, purge)));
    return 0;
  }

  async #purgeKey(key: string, purge: Purge): Promise<void> {
    const kept = (await this.get(key)).flatMap((entry) => purged(entry, purge) ?? []);
    await this.delete(key);
    for (const entry of kept.toReversed()) await this.put(entry);
  }

  async #note(name: string, purge: Purge): Promise<void> {
    const note = added((await this.#read<Note>(name)) ?? {}, purge);
    await this.#write(name, note);
  }

  async #notePrefix(prefix: string, purge: Purge): Promise<void> {
    const notes = (await this.#read<PrefixNotes>(PREFIXES)) ?? {};
    if (Object.keys(notes).length >= PREFIXES_MAX) return this.#note(EVERYTHING, purge);
    await this.#write(PREFIXES, { ...notes, [prefix]: added(notes[prefix] ?? {}, purge) });
  }

  /** The entry as all notes about it leave it. */
  async #noted(entry: Entry): Promise<Entry | undefined> {
    const names = noteNames({ tags: new Set(entry.tags) });
    const [prefixes, ...notes] = await Promise.all([
      this.#read<PrefixNotes>(PREFIXES),
      ...[EVERYTHING, ...names].map((name) => this.#read<Note>(name)),
    ]);
    const about = Object.entries(prefixes ?? {}).flatMap(([prefix, note]) =>
      isSelected(entry, { prefix }) ? [note] : [],
    );
    return [...notes, ...about].reduce<Entry | undefined>(asNoted, entry);
  }

  async #read<T>(name: string): Promise<T | undefined> {
    const bytes = await this.#blobs.get(name);
    return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as T);
  }

  async #write(name: string, value: unknown): Promise<void> {
    const bytes = await new Blob([JSON.stringify(value)]).arrayBuffer();
    await this.#blobs.put(name, bytes, KEEP_MAX_SECONDS);
  }
}

const entryName = (key: string): string => `entry ${key}`;

function noteNames(selection: Extract<Selection, { tags: unknown } | { all: true }>): string[] {
  return 'all' in selection ? [EVERYTHING] : [...selection.tags].map((tag) => `note tag ${tag}`);
}

const added = (note: Note, { mode, atMs }: Purge): Note =>
  mode === 'soft' ? { ...note, softAt: atMs } : { ...note, hardAt: atMs };

function asNoted(entry: Entry | undefined, note: Note | undefined): Entry | undefined {
  if (!entry || !note) return entry;
  if (note.hardAt !== undefined && entry.askedAt <= note.hardAt) return undefined;
  if (note.softAt === undefined || entry.askedAt > note.softAt) return entry;
  return purged(entry, { selection: { all: true }, mode: 'soft', atMs: note.softAt });
}
