import type { Hold } from '../db/hold.ts';

/** Why something waits, in brackets behind it; nothing where no rule held it. */
export function toReasons(heldBy: readonly Hold[] | null): string {
  if (!heldBy?.length) return '';
  const reasons = heldBy.map(({ rule, word }) => (word === undefined ? rule : `${rule}: ${word}`));
  return `  [${reasons.join(', ')}]`;
}
