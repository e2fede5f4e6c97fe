/** The built loader; `rollup.config.ts` fills it in. */
declare module 'virtual:loader' {
  /** With `__PLAUDIT_SETTINGS__` where a shop's settings go. */
  export const text: string;
  /** All before the settings as the start of a brotli stream, in base64. */
  export const brotliStart: string;
  /** The translations that there are chunks of. */
  export const languages: readonly string[];
}
