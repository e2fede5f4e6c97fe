/** Phrases of one to three words, and how many texts have each. */
import { setImmediate } from 'node:timers/promises';
import { STOP_WORDS } from './stop-words.ts';

const WORDS_MAX = 3;
const WORD_LENGTHS = { min: 3, max: 30 };
/** Where nothing was said by then, nothing will be. */
const TEXT_MAX_LENGTH = 2000;
/** So many texts take a few milliseconds; requests are answered in between. */
const TEXTS_AT_ONCE = 50;

/** What ends a phrase: anything but letters, digits and the blanks between them. */
const BREAK = /[^\p{L}\p{N}\p{M}\s]+/u;

/** The words of a text in lower case, clause by clause: no phrase goes beyond one. */
function clausesOf(text: string): string[][] {
  const plain = text.slice(0, TEXT_MAX_LENGTH).normalize('NFC').toLowerCase();
  return plain.split(BREAK).map((clause) => clause.split(/\s+/).filter((word) => word !== ''));
}

/** Whether a word says something by itself. */
const isTelling = (word: string): boolean =>
  word.length >= WORD_LENGTHS.min &&
  word.length <= WORD_LENGTHS.max &&
  !STOP_WORDS.has(word) &&
  !/^\p{N}/u.test(word);

/** The phrases of a text that begin and end with a word that tells something. */
export function phrasesOf(text: string, isWanted: (phrase: string) => boolean): Set<string> {
  const found = new Set<string>();
  for (const words of clausesOf(text)) {
    for (const [start, first] of words.entries()) {
      if (!isTelling(first)) continue;
      for (let end = start + 1; end <= Math.min(start + WORDS_MAX, words.length); end++) {
        if (!isTelling(words[end - 1] ?? '')) continue;
        const phrase = words.slice(start, end).join(' ');
        if (isWanted(phrase)) found.add(phrase);
      }
    }
  }
  return found;
}

/** How many of the texts have each of the phrases that are wanted. Gives way to other work. */
export async function countPhrases(
  texts: readonly string[],
  isWanted: (phrase: string) => boolean,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const [index, text] of texts.entries()) {
    if (index % TEXTS_AT_ONCE === TEXTS_AT_ONCE - 1) await setImmediate();
    for (const phrase of phrasesOf(text, isWanted)) {
      counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
    }
  }
  return counts;
}

/** The phrases that at least so many of the texts have. */
export async function findFrequent(
  texts: readonly string[],
  countMin: number,
): Promise<Map<string, number>> {
  const words = await countPhrases(texts, (phrase) => !phrase.includes(' '));
  const isFrequent = (word: string) => (words.get(word) ?? 0) >= countMin;
  // No phrase is in more texts than its words are, so most are never written down.
  const phrases = await countPhrases(texts, (phrase) =>
    phrase.split(' ').every((word) => !isTelling(word) || isFrequent(word)),
  );
  return new Map([...phrases].filter(([, count]) => count >= countMin));
}
