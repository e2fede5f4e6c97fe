/** Which of the translations there are a shop's locale is best served with. */

/** Languages whose translation goes by another name. */
const SAME_AS: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };

/**
 * The name of the translation for a BCP 47 locale: by region, by script, then by language;
 * `undefined` where there is none, or where the locale is not one.
 */
export function chooseLanguage(locale: string, languages: ReadonlySet<string>): string | undefined {
  try {
    // Likely subtags: `zh-TW` is written in Hant.
    const { language, script, region } = new Intl.Locale(locale).maximize();
    const candidates = [`${language}-${region}`, `${language}-${script}`, language];
    return [...candidates, SAME_AS[language] ?? ''].find((name) => languages.has(name));
  } catch {
    return undefined;
  }
}
