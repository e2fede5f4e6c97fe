import type { Settings } from '@plaudit/sdk';
import { languages, translationSuffix } from 'virtual:chunks';

/** The settings with all texts in the shop's language under those that the shop wrote itself. */
export async function translate(edge: string, settings: Settings): Promise<Settings> {
  const [language] = languages.exec(settings.locale) ?? [];
  if (!language) return settings;
  const translation = import(`${edge}/assets/${language}${translationSuffix}`) as Promise<{
    default: Settings['texts'];
  }>;
  // English texts are better than none.
  const texts = await translation.then((module) => module.default).catch(() => ({}));
  return { ...settings, texts: { ...texts, ...settings.texts } };
}
