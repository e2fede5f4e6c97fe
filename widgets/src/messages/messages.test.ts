import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { filters } from './en/filters.ts';
import { form } from './en/form.ts';
import { photos } from './en/photos.ts';
import { rating } from './en/rating.ts';
import { reviews } from './en/reviews.ts';

const english: Record<string, string> = { ...rating, ...reviews, ...filters, ...photos, ...form };
const languages = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z]{2,3}\.ts$/.test(file))
  .map((file) => file.replace('.ts', ''));

const places = (message: string): string[] => (message.match(/\{\w+\}/g) ?? []).toSorted();
const toBase = (key: string): string => key.replace(/\.(zero|one|two|few|many)$/, '');
const isForm = (key: string): boolean => toBase(key) !== key;

describe.for(languages)('%s', (language) => {
  const load = async (): Promise<Record<string, string>> => {
    const module = new URL(`${language}.ts`, import.meta.url).href;
    return ((await import(module)) as { default: Record<string, string> }).default;
  };

  test('has every text, and none that does not exist', async () => {
    const keys = Object.keys(await load()).filter((key) => !isForm(key));
    const expected = Object.keys(english).filter((key) => !isForm(key));
    expect(keys.toSorted()).toEqual(expected.toSorted());
  });

  test('has the same places to fill in each text', async () => {
    const keys = Object.entries(await load());
    const different = keys.filter(
      ([key, message]) => String(places(message)) !== String(places(english[toBase(key)] ?? '')),
    );
    expect(different).toEqual([]);
  });

  test('has only plural forms that the language uses, and all or none of a text', async () => {
    const plurals = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    // `many` of the Romance languages begins at a million.
    const isRare = (form: string): boolean => form === 'many' && /^(es|fr|it|pt)/.test(language);
    const used = plurals.filter((form) => form !== 'other' && !isRare(form)).toSorted();
    const keys = Object.keys(await load()).filter(isForm);
    const wrong = [...new Set(keys.map(toBase))].filter((base) => {
      const forms = keys
        .filter((key) => toBase(key) === base)
        .map((key) => key.replace(/.*\./, ''));
      return String(forms.toSorted()) !== String(used);
    });
    expect(wrong).toEqual([]);
  });
});
