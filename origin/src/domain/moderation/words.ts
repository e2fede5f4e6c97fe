/** Words as people compare them: without case, accents, width and what cannot be seen. */

/** Accents and vowel points; not the marks that make other letters of kana. */
const ACCENTS = /(?=\p{Diacritic})(?![\u3099\u309A])\p{Mn}/gu;
/** Joiners, soft hyphens, directions: nothing that is seen. */
const INVISIBLE = /\p{Cf}/gu;
/** Letters that Unicode does not take apart into a letter and a stroke. */
const STROKES: Record<string, string> = { Ł: 'L', Ø: 'O', Đ: 'D', Ð: 'D', Ħ: 'H', Ŧ: 'T' };
const STROKE = /[ŁØĐÐĦŦ]/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Scripts that write without blanks, where a word is whole wherever it stands. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** The words of a text in one spelling, with one blank between each two; none is the empty string. */
export function toWords(text: string): string {
  const plain = text.normalize('NFKD').replace(INVISIBLE, '').replace(ACCENTS, '');
  // Capitals, as they take more spellings together: ß and ss, ı and i, ς and σ.
  const capitals = plain.toUpperCase().replace(STROKE, (letter) => STROKES[letter] ?? letter);
  return capitals.match(WORD)?.join(' ') ?? '';
}

/** Whether words hold a word or phrase, both in that spelling; whole, where its script has blanks. */
export const hasPhrase = (words: string, phrase: string): boolean =>
  UNSPACED.test(phrase) ? words.includes(phrase) : ` ${words} `.includes(` ${phrase} `);
