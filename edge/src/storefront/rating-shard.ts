/** Rating shards taken apart, once per stored answer however often it is read. */
import type { Ratings } from '@plaudit/contract';
import { Sieve, type Place } from '../store/sieve.ts';

export interface Shard {
  /** Another one for every stored answer that was taken apart. */
  readonly version: number;
  /** Each product's member of the `ratings` object, as JSON text, ready to be put into an answer. */
  readonly members: ReadonlyMap<string, string>;
}

/** What a rating costs beside its texts: two strings and a place in the map. */
const OVERHEAD_BYTES = 120;

interface Parsed {
  readonly key: string;
  readonly body: ArrayBuffer;
  readonly shard: Shard;
  readonly bytes: number;
}

/** Keeps the shards that are read again and again, bounded in bytes. */
export class ParsedShards {
  readonly #limitBytes: number;
  readonly #places = new Map<string, Place<Parsed>>();
  readonly #queue = new Sieve<Parsed>();
  #bytes = 0;
  #versions = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  /** Estimated bytes in use; never above the limit. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The shard in a stored answer's body.
   * @throws {SyntaxError} where the bytes are not a ratings answer.
   */
  read(key: string, body: ArrayBuffer): Shard {
    const place = this.#places.get(key);
    if (place?.value.body === body) {
      place.used = true;
      return place.value.shard;
    }
    if (place) this.#forget(place);
    const shard = { version: this.#versions++, members: parse(body) };
    this.#keep({ key, body, shard, bytes: sizeOf(shard) });
    return shard;
  }

  #keep(parsed: Parsed): void {
    if (parsed.bytes > this.#limitBytes) return;
    this.#places.set(parsed.key, this.#queue.enter(parsed));
    this.#bytes += parsed.bytes;
    while (this.#bytes > this.#limitBytes) {
      const victim = this.#queue.victim();
      if (!victim) return;
      this.#forget(victim);
    }
  }

  #forget(place: Place<Parsed>): void {
    this.#queue.leave(place);
    this.#places.delete(place.value.key);
    this.#bytes -= place.value.bytes;
  }
}

function parse(body: ArrayBuffer): Shard['members'] {
  const { ratings } = JSON.parse(new TextDecoder().decode(body)) as Partial<Ratings>;
  if (typeof ratings !== 'object') throw new SyntaxError('not a ratings answer');
  const members = Object.entries(ratings).map(
    ([id, rating]) => [id, `${JSON.stringify(id)}:${JSON.stringify(rating)}`] as const,
  );
  return new Map(members);
}

function sizeOf({ members }: Shard): number {
  let bytes = 0;
  for (const [id, member] of members) bytes += OVERHEAD_BYTES + 2 * (id.length + member.length);
  return bytes;
}
