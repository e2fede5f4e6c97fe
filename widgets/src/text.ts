/** The widgets' words: a language's messages, and over them what the shop changed. */

import type { Settings } from '@plaudit/contract';

/** Finds a message and fills its `{places}`; numbers are grouped as the language does. */
export type Text<Key extends string> = (
  key: Key,
  values?: Record<string, string | number>,
) => string;

/** How a language writes numbers; without `Intl`, whose first use would delay the first view. */
export interface NumberMarks {
  decimalMark: string;
  groupMark: string;
}

/**
 * A message counted by `count` may have further forms as `KEY.one`, `KEY.few` …; the key itself is
 * the form `other`.
 */
export function createText<Key extends string>(
  messages: Record<Key | keyof NumberMarks, string>,
  { texts, locale }: Settings,
): Text<Key | keyof NumberMarks> {
  // Where there is no count, the form is `other`: the message itself.
  const plurals = new Intl.PluralRules(locale);
  return (key, values = {}) => {
    const form = `${key}.${plurals.select(values['count'] as number)}`;
    // A language or a shop without this form of its own must not fall into English for one count.
    const message =
      texts[form] ?? texts[key] ?? (messages as Record<string, string>)[form] ?? messages[key];
    return message.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? '';
      // Never more than 21 digits; of how they are asked for, this is what compresses best.
      return typeof value === 'number'
        ? `${value}`.replace(/\B(?=(\w{3}){1,6}$)/g, texts['groupMark'] ?? messages.groupMark)
        : value;
    });
  };
}
