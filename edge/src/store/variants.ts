import type { Entry } from './store.ts';

/** Most variants of one key: a hostile `Vary` must not turn one page into thousands. */
const VARIANTS_MAX = 16;

/** The variants of a key with a new one before all others, in place of the same one. */
export function withVariant(variants: readonly Entry[], entry: Entry): readonly Entry[] {
  const others = variants.filter((other) => !isSameVariant(other, entry));
  return [entry, ...others].slice(0, VARIANTS_MAX);
}

function isSameVariant(one: Entry, other: Entry): boolean {
  const names = Object.keys(one.vary);
  return (
    names.length === Object.keys(other.vary).length &&
    names.every((name) => one.vary[name] === other.vary[name])
  );
}
