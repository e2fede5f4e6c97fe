/** Finds what of a text stands further in front already. */

/** So many bytes as they are, then so many from so far back. */
export interface Command {
  /** Where the bytes that come as they are begin. */
  readonly at: number;
  readonly insert: number;
  readonly copy: number;
  /** 0 in the last command alone, which copies nothing. */
  readonly distance: number;
}

interface Found {
  readonly copy: number;
  readonly distance: number;
  /** How many bits it saves, about. */
  readonly gain: number;
}

/** Shorter ones save nothing, and three bytes are what is looked up. */
const COPY_MIN = 3;
/** Nor do longer ones save much more; without an end, some texts would take very long. */
const COPY_MAX = 256;
/** As many earlier places are looked at: more find little more. */
const PLACES_MAX = 32;
const HASH_BITS = 15;
/** What a byte, a command and a distance take in the texts that there are, in bits. */
const BYTE_BITS = 5.2;
const COMMAND_BITS = 7;
const DISTANCE_BITS = 3;

const NONE: Found = { copy: 0, distance: 0, gain: 0 };

/** @param from All before is known already, and may be copied from. */
export function findCopies(text: Uint8Array, from: number): Command[] {
  const places = new Places(text);
  for (let at = 0; at < from; at++) places.add(at);
  const commands: Command[] = [];
  let at = from;
  let start = from;
  let lastDistance = 0;
  let here = places.find(at, lastDistance);
  while (at < text.length) {
    places.add(at);
    const next = places.find(at + 1, lastDistance);
    if (here.gain <= 0 || next.gain > here.gain) {
      at++;
      here = next;
      continue;
    }
    const { copy, distance } = here;
    commands.push({ at: start, insert: at - start, copy, distance });
    for (let copied = at + 1; copied < at + copy; copied++) places.add(copied);
    at += copy;
    start = at;
    lastDistance = distance;
    here = places.find(at, lastDistance);
  }
  if (start < at) commands.push({ at: start, insert: at - start, copy: 0, distance: 0 });
  return commands;
}

/** The places of a text by the three bytes that begin there. */
class Places {
  readonly #text: Uint8Array;
  /** The last place of each hash, and of each place the one before; -1 where there is none. */
  readonly #last = new Int32Array(1 << HASH_BITS).fill(-1);
  readonly #before: Int32Array;

  constructor(text: Uint8Array) {
    this.#text = text;
    this.#before = new Int32Array(text.length);
  }

  add(at: number): void {
    const hash = this.#hash(at);
    this.#before[at] = this.#last[hash] ?? -1;
    this.#last[hash] = at;
  }

  /** What saves most here, among all that was added. */
  find(at: number, lastDistance: number): Found {
    let best = NONE;
    if (at + COPY_MIN > this.#text.length) return best;
    if (lastDistance > 0) {
      const copy = this.#equal(at - lastDistance, at);
      const gain = copy * BYTE_BITS - COMMAND_BITS;
      if (copy >= COPY_MIN) best = { copy, distance: lastDistance, gain };
    }
    let place = this.#last[this.#hash(at)] ?? -1;
    for (let looked = 0; place >= 0 && looked < PLACES_MAX; looked++) {
      const copy = this.#equal(place, at);
      const distance = at - place;
      const gain = copy * BYTE_BITS - COMMAND_BITS - DISTANCE_BITS - Math.log2(distance);
      if (copy >= COPY_MIN && gain > best.gain) best = { copy, distance, gain };
      place = this.#before[place] ?? -1;
    }
    return best;
  }

  #hash(at: number): number {
    const text = this.#text;
    const bytes = (text[at] ?? 0) | ((text[at + 1] ?? 0) << 8) | ((text[at + 2] ?? 0) << 16);
    return Math.imul(bytes, 0x9e37_79b1) >>> (32 - HASH_BITS);
  }

  /** How many bytes are the same from these two places on. */
  #equal(earlier: number, later: number): number {
    const text = this.#text;
    let length = 0;
    const end = Math.min(COPY_MAX, text.length - later);
    while (length < end && text[earlier + length] === text[later + length]) length++;
    return length;
  }
}
