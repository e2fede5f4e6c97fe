import { expect, test } from 'vitest';
import { chooseLanguage } from './language.ts';

const LANGUAGES = new Set(['de', 'he', 'no', 'pt', 'pt-BR', 'sr', 'zh', 'zh-Hant']);

test.each([
  ['de', 'de'],
  ['de-AT', 'de'],
  ['DE-at', 'de'],
  ['pt-BR', 'pt-BR'],
  ['pt-br', 'pt-BR'],
  ['pt-PT', 'pt'],
  ['pt-AO', 'pt'],
  ['zh', 'zh'],
  ['zh-CN', 'zh'],
  ['zh-TW', 'zh-Hant'],
  ['zh-HK', 'zh-Hant'],
  ['zh-MO', 'zh-Hant'],
  ['zh-Hant', 'zh-Hant'],
  ['zh-Hans-HK', 'zh'],
  ['nb-NO', 'no'],
  ['nn', 'no'],
  ['no', 'no'],
  ['iw', 'he'],
  ['sr-Latn-RS', 'sr'],
  ['en', undefined],
  ['ca', undefined],
  ['den', undefined],
  ['', undefined],
  ['not a locale', undefined],
])('%s is served with %s', (locale, expected) => {
  expect(chooseLanguage(locale, LANGUAGES)).toBe(expected);
});
