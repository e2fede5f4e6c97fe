/** What the build makes out of thin air; see rollup.config.ts. */

/** A style sheet's minified text. */
declare module '*.css' {
  const text: string;
  export default text;
}

/** The chunks that the loader knows by name: `/assets/NAME` and the suffix. */
declare module 'virtual:chunks' {
  /** The hash that they share, and `.js`. */
  export const suffix: string;
}

/** The shop's settings: the edge writes them in place of this name when it serves the loader. */
declare const __PLAUDIT_SETTINGS__: import('@plaudit/contract').BakedSettings;

/** Every language's texts of the reviews, by its name; for servers, which cannot fetch just one. */
declare module 'virtual:translations' {
  const translations: Readonly<Record<string, Readonly<Record<string, string>>>>;
  export default translations;
}
