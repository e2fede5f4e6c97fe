/** Bakes a shop's settings into the loader's text, once per version of the settings. */

const PLACEHOLDER = '__PLAUDIT_SETTINGS__';

export interface Loader {
  readonly bytes: ArrayBuffer;
  readonly gzipped: ArrayBuffer;
  /** Weak: one for both forms (RFC 9110 §8.8.1). */
  readonly etag: string;
}

/** @throws {SyntaxError} where the settings are not JSON. */
export async function bakeLoader(script: string, settings: ArrayBuffer): Promise<Loader> {
  const json = toScriptLiteral(JSON.parse(new TextDecoder().decode(settings)));
  // A function, because `$` means something in a replacement string.
  const text = script.replaceAll(PLACEHOLDER, () => json);
  const bytes = await new Blob([text]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes), 0, 12);
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const gzip = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  const gzipped = await new Response(gzip).arrayBuffer();
  return { bytes, gzipped, etag: `W/"${hex}"` };
}

/** JSON that is safe inside any script, inline ones too: it cannot close a tag or a comment. */
export function toScriptLiteral(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
