/** The sentence of a text that holds a topic, cut where it is long. */
import { phrasesOf } from './phrases.ts';

const LENGTH_MAX = 160;
/** How much stands before the topic in a sentence that is cut at its beginning. */
const BEFORE_MAX = 60;

/** @returns at most 160 characters and the marks of a cut; undefined where the text does not have it */
export function quoteOf(text: string, topic: string): string | undefined {
  const sentences = text.split(/(?<=[.!?…])\s+|\n+/u);
  const sentence = sentences.find((one) => phrasesOf(one, (phrase) => phrase === topic).size > 0);
  return sentence === undefined ? undefined : cut(sentence.trim().replace(/\s+/g, ' '), topic);
}

/** Cut between words only, so that no character falls apart. */
function cut(sentence: string, topic: string): string {
  if (sentence.length <= LENGTH_MAX) return sentence;
  const at = Math.max(0, sentence.toLowerCase().indexOf(topic));
  const from = at <= BEFORE_MAX ? 0 : sentence.indexOf(' ', at - BEFORE_MAX) + 1;
  const rest = sentence.slice(from);
  if (rest.length <= LENGTH_MAX) return `… ${rest}`;
  const until = rest.lastIndexOf(' ', LENGTH_MAX);
  const kept = rest.slice(0, until > 0 ? until : LENGTH_MAX).toWellFormed();
  return `${from > 0 ? '… ' : ''}${kept} …`;
}
