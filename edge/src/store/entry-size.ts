import type { Entry } from './store.ts';

/**
 * What an entry costs beside its text and body: objects, hidden classes, map slots and tag index.
 * Rounded up from heap measurements; a bound that is a little too careful is the right kind.
 */
const OVERHEAD_BYTES = 1024;
const BYTES_PER_UNIT = 2;

/** Estimates the memory an entry takes, in bytes. */
export function entrySize(entry: Entry): number {
  let units = entry.key.length;
  for (const tag of entry.tags) units += tag.length;
  for (const [name, value] of Object.entries(entry.fields)) units += name.length + value.length;
  for (const [name, value] of Object.entries(entry.vary)) units += name.length + value.length;
  return OVERHEAD_BYTES + units * BYTES_PER_UNIT + entry.body.byteLength;
}
