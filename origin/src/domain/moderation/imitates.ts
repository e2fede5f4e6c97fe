/**
 * Names by which a visitor passes for the shop, or hides whose name is meant: in the way of Unicode's
 * confusable detection (UTS 39), as far as names of shops need it. Pure.
 */
import { hasPhrase, toWords } from './words.ts';

/** Small letters that look like another than their capitals do, and those. */
const SMALL = toTable('νυηωγρһԁԛԝѵօոսց', 'vunwyphdqwvonug');
/** Capitals that look like a Latin one, and what is written for another in many types: 0 for O, 1 and l for I. */
const CAPITALS = toTable(
  'АВЕКМНОРСТУХІЈЅӀԌΑΒΕΖΗΙΚΜΝΟΡΤΥΧᎪᏴᏟᎠᎬᎻᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ01L5',
  'ABEKMHOPCTYXIJSIGABEZHIKMNOPTYXABCDEHJKIMPRSTVWZOIIS',
);
const LATIN = /\p{Script=Latin}/u;
/** Alphabets with letters that pass for Latin ones; no language writes one word in both. */
const ALIKE = /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}]/u;
/** Shorter names of shops are initials of many people's. */
const NAME_MIN_LENGTH = 3;

/** Whether an author's name has the shop's in it, however it is spelt, or a word of two alphabets. */
export function imitates(author: string, shopName: string): boolean {
  const own = toLook(shopName);
  if (own.length >= NAME_MIN_LENGTH && hasPhrase(toLook(author), own)) return true;
  const words = author.normalize('NFKC').match(/[\p{L}\p{M}\p{Cf}]+/gu) ?? [];
  return words.some((word) => LATIN.test(word) && ALIKE.test(word));
}

/** The words of a name with every letter that looks like another as that one. */
function toLook(name: string): string {
  return replace(toWords(replace(name.normalize('NFKC'), SMALL)), CAPITALS);
}

const replace = (text: string, table: ReadonlyMap<string, string>): string =>
  text.replace(/./gsu, (letter) => table.get(letter) ?? letter);

/** All of them are in the plane where a letter is one unit. */
function toTable(letters: string, others: string): ReadonlyMap<string, string> {
  return new Map(letters.split('').map((letter, index) => [letter, others.charAt(index)]));
}
