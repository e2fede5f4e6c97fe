/** The built loaders; `rollup.config.ts` fills them in. */
declare module 'virtual:loader' {
  export interface Script {
    /** With `__PLAUDIT_SETTINGS__` where a shop's settings go. */
    text: string;
    /** All before the settings as the start of a brotli stream, in base64. */
    brotliStart: string;
    /** The same of a gzip stream. */
    gzipStart: string;
  }
  export const plain: Script;
  /** Takes a product's first reviews beside the settings. */
  export const carrying: Script;
  /** Stands in for another product's markup. */
  export const adopting: Script;
  /** The translations that there are chunks of. */
  export const languages: readonly string[];
}
