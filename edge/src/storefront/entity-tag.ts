/**
 * An entity tag for text that the edge made (RFC 9110 §8.8.3): 64 bits from two FNV-like lanes. It
 * tells two versions of one answer apart; it protects nothing, so a digest's cost would be wasted.
 */
export function entityTag(text: string): string {
  let first = 0x811c9dc5;
  let second = 0x9747b28c;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x01000193);
    second = Math.imul(second ^ unit, 0x5bd1e995) ^ (second >>> 15);
  }
  return `"${hex(first)}${hex(second)}"`;
}

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
