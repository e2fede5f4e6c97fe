/** What a shop wants to look at before its visitors do. Private: no answer of the storefront has it. */
import { isStorableText } from '@plaudit/contract/schema';
import { z } from 'zod';
import { toWords } from './words.ts';

const WORDS_MAX = 1000;
const WORD_MAX_LENGTH = 100;

/**
 * The rules, each with what holds where a shop has not set it. None can see the stars of a review:
 * bad ones are held for what they say, as good ones are, or not at all.
 */
export const moderationRules = z.object({
  /** Whether reviews that no rule holds are published at once. */
  autoPublish: z.boolean().default(true),
  /** The same for questions, and for answers that are not the shop's. */
  autoPublishQuestions: z.boolean().default(false),
  /** Holds what points to other sites. */
  holdLinks: z.boolean().default(true),
  /** Holds what tells an e-mail address or a telephone number. */
  holdContacts: z.boolean().default(true),
  /** Holds a person's second review of a product, and words that someone of the shop has written before. */
  holdRepeats: z.boolean().default(true),
  /** Holds authors' names that pass for the shop's, or have letters of two alphabets in one word. */
  holdImitations: z.boolean().default(true),
  /**
   * A review is verified by an order that was placed at least so many days before it: nobody has
   * tried what has not arrived.
   */
  orderAgeMinDays: z.int().min(0).max(365).default(0),
  /** Words and phrases that hold a text which has them, whole; case and accents make no difference. */
  blocklist: z
    .array(
      z
        .string()
        .trim()
        .max(WORD_MAX_LENGTH, `must have at most ${WORD_MAX_LENGTH} characters`)
        .refine(isStorableText, 'must be well-formed text')
        .refine((word) => toWords(word) !== '', 'must have a letter or a digit'),
    )
    .max(WORDS_MAX, `must be at most ${WORDS_MAX}`)
    .default([]),
});

export type ModerationRules = z.infer<typeof moderationRules>;
