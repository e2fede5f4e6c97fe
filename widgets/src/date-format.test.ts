import { readdirSync } from 'node:fs';
import { DEFAULT_SETTINGS } from '@plaudit/contract';
import { describe, expect, test } from 'vitest';
import { createDateFormat } from './date-format.ts';
import { dates } from './messages/en/dates.ts';

type Messages = Readonly<Record<string, string>>;

const languages = readdirSync(`${import.meta.dirname}/messages`)
  .filter((file) => /^[a-z]{2}(-[A-Z]\w+)?\.ts$/.test(file))
  .map((file) => file.replace('.ts', ''));
const loadTexts = async (language: string): Promise<Messages> =>
  language === 'en'
    ? dates
    : ((await import(`./messages/${language}.ts`)) as { default: Messages }).default;

/** Noon of every day of two years, one of them with a leap day. */
const DAYS = Array.from({ length: 731 }, (_, day) => new Date(2023, 0, 1 + day, 12).toISOString());

describe.for(['en', ...languages])('%s', (language) => {
  test('dates are written as `Intl` writes them, in every locale that the texts speak for', async () => {
    const texts = await loadTexts(language);
    for (const locale of (texts['date.locales'] ?? '').split(' ').filter(Boolean)) {
      const intl = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
      const format = createDateFormat({ ...DEFAULT_SETTINGS, locale, texts });
      expect(DAYS.map(format)).toEqual(DAYS.map((day) => intl.format(new Date(day))));
    }
  });
});

test('most languages are written without `Intl`', async () => {
  const all = await Promise.all(languages.map(loadTexts));
  const byIntl = languages.filter((_, index) => all[index]?.['date.locales'] === '');
  expect(byIntl).toEqual(['th']);
});

test('a locale that no texts speak for is left to `Intl`', () => {
  const format = createDateFormat({ ...DEFAULT_SETTINGS, locale: 'en-GB' });
  expect(format('2026-08-01T12:00:00Z')).toBe('1 Aug 2026');
});

test('a shop may write its dates in its own way', () => {
  const texts = { date: '{dd}/{mm}/{y}' };
  const format = createDateFormat({ ...DEFAULT_SETTINGS, texts });
  expect(format('2026-08-01T12:00:00Z')).toBe('01/08/2026');
});
