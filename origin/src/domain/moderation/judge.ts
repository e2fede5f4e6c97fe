/** Decides whether a shop's visitors may read something at once. Pure. */
import type { Hold } from '../../db/hold.ts';
import { hasContact, hasLink } from './find-contacts.ts';
import { imitates } from './imitates.ts';
import type { ModerationRules } from './rules.ts';
import { hasPhrase, toWords } from './words.ts';

/** What becomes of something new. */
export interface Verdict {
  status: 'published' | 'pending';
  /** Every rule that holds it; null where none does. */
  heldBy: Hold[] | null;
}

/** Whose words they are, and the shop's name, which nobody else should pass for. */
interface Signature {
  author: string | null | undefined;
  shopName: string;
}

/**
 * Judges by what visitors would read, which is all it is given: no stars, so that none can matter.
 * @param texts every text of one review, question or answer, its author's name too
 * @param repeats what `findRepeats` found
 */
export function judge(
  rules: ModerationRules,
  kind: 'review' | 'question',
  texts: readonly (string | null | undefined)[],
  by: Signature,
  repeats: readonly Hold[] = [],
): Verdict {
  const given = texts.filter((text) => typeof text === 'string');
  const isFree = kind === 'review' ? rules.autoPublish : rules.autoPublishQuestions;
  const holds: Hold[] = [
    ...(isFree ? [] : [{ rule: 'all' as const }]),
    ...findBlocked(rules.blocklist, given).map((word) => ({ rule: 'blocklist' as const, word })),
    ...(rules.holdLinks && given.some(hasLink) ? [{ rule: 'links' as const }] : []),
    ...(rules.holdContacts && given.some(hasContact) ? [{ rule: 'contacts' as const }] : []),
    ...findImitation(rules, by),
    ...(rules.holdRepeats ? repeats : []),
  ];
  return holds.length > 0
    ? { status: 'pending', heldBy: holds }
    : { status: 'published', heldBy: null };
}

const findImitation = ({ holdImitations }: ModerationRules, by: Signature): Hold[] =>
  holdImitations && imitates(by.author ?? '', by.shopName) ? [{ rule: 'imitation' }] : [];

function findBlocked(blocklist: readonly string[], texts: readonly string[]): string[] {
  const words = texts.map(toWords);
  return blocklist.filter((word) => {
    const phrase = toWords(word);
    return words.some((own) => hasPhrase(own, phrase));
  });
}
