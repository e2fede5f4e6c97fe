import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Messages = Record<string, string>;

const load = async (path: string): Promise<object> =>
  (await import(new URL(path, import.meta.url).href)) as object;
/** Each chunk's texts; a text that several chunks carry stands in each of them. */
const bundles = await Promise.all(
  readdirSync(`${import.meta.dirname}/en`).map(async (file) => {
    const [messages] = Object.values(await load(`en/${file}`)) as [Messages];
    return messages;
  }),
);
const english: Messages = Object.assign({}, ...bundles);
const languages = readdirSync(import.meta.dirname)
  .filter((file) => /^[a-z]{2}(-[A-Z]\w+)?\.ts$/.test(file))
  .map((file) => file.replace('.ts', ''));

const places = (message: string): string[] => (message.match(/\{\w+\}/g) ?? []).toSorted();
const toBase = (key: string): string => key.replace(/\.(zero|one|two|few|many)$/, '');
const isForm = (key: string): boolean => toBase(key) !== key;

test('a text that several chunks carry is the same in all of them', () => {
  expect(bundles.length).toBeGreaterThan(5);
  for (const bundle of bundles) expect(english).toMatchObject(bundle);
});

describe.for(languages)('%s', (language) => {
  const loadTranslation = async (): Promise<Messages> =>
    ((await load(`${language}.ts`)) as { default: Messages }).default;

  test('has every text, and none that does not exist', async () => {
    const keys = Object.keys(await loadTranslation()).filter((key) => !isForm(key));
    const expected = Object.keys(english).filter((key) => !isForm(key));
    expect(keys.toSorted()).toEqual(expected.toSorted());
  });

  test('has the same places to fill in each text', async () => {
    // A date's places are held by the test of dates.
    const keys = Object.entries(await loadTranslation()).filter(([key]) => key !== 'date');
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
    const keys = Object.keys(await loadTranslation()).filter(isForm);
    const wrong = [...new Set(keys.map(toBase))].filter((base) => {
      const forms = keys
        .filter((key) => toBase(key) === base)
        .map((key) => key.replace(/.*\./, ''));
      return String(forms.toSorted()) !== String(used);
    });
    expect(wrong).toEqual([]);
  });
});
