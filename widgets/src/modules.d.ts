/** What the build makes out of thin air; see rollup.config.ts. */

/** A style sheet's minified text. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** The lazy chunks' paths at the edge. */
declare module 'virtual:chunks' {
  export const reviews: string;
  /** Finds the language of a locale, where there is a translation for it. */
  export const languages: RegExp;
  /** What follows the language in the path of a translation. */
  export const translationSuffix: string;
}

/** The shop's settings: the edge writes them in place of this name when it serves the loader. */
declare const __PLAUDIT_SETTINGS__: import('@plaudit/contract').Settings;
