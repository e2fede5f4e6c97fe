/** Bakes a shop's settings, and a product's first reviews where they are wanted, into the loader's text, once per version of what is baked in. */
import { chooseLanguage, type AdoptedProduct, type Settings } from '@plaudit/contract';
import { appendUncompressed } from './brotli.ts';

const PLACEHOLDER = '__PLAUDIT_SETTINGS__';

/** A script as it is for every shop. */
export interface Script {
  readonly text: string;
  /** All before the settings as the start of a brotli stream; without it, gzip must do. */
  readonly brotliStart?: Uint8Array;
}

/** What there is to bake settings into. */
export interface LoaderSource {
  readonly plain: Script;
  /** Takes a product's first reviews beside the settings. */
  readonly carrying: Script;
  /** Puts the elements where another product's markup stands; takes a product's first reviews too. */
  readonly adopting: Script;
  /** The translations that there are chunks of. */
  readonly languages?: ReadonlySet<string>;
}

/** A product's first reviews, and the address whose answer they are. */
export interface Carried {
  readonly product: string;
  readonly path: string;
  readonly page: unknown;
}

/** What is baked in beside the settings. */
export interface Baked {
  readonly carried?: Carried;
  /** The products whose markup this script adopts, beside those of the settings. */
  readonly adopts?: readonly AdoptedProduct[];
}

export interface Loader {
  readonly bytes: ArrayBuffer;
  readonly gzipped: ArrayBuffer;
  /** Only where it is the smaller one. */
  readonly brotli: ArrayBuffer | undefined;
  /** Weak: one for both forms (RFC 9110 §8.8.1). */
  readonly etag: string;
}

/** @throws {SyntaxError} where the settings are not JSON. */
export async function bakeLoader(
  { plain, carrying, adopting, languages = new Set() }: LoaderSource,
  settings: ArrayBuffer,
  { carried, adopts = [] }: Baked = {},
): Promise<Loader> {
  const own = JSON.parse(new TextDecoder().decode(settings)) as Partial<Settings>;
  const language = chooseLanguage(own.locale ?? '', languages);
  const from = [...new Set([...(own.adopt?.from ?? []), ...adopts])];
  const baked = {
    ...own,
    ...(language !== undefined && { language }),
    ...(carried && { carried }),
    ...(from.length > 0 && { adopt: { ...own.adopt, from } }),
  };
  const script = from.length > 0 ? adopting : carried ? carrying : plain;
  return bake(script, toScriptLiteral(baked));
}

async function bake({ text, brotliStart }: Script, json: string): Promise<Loader> {
  const [start, end] = text.split(PLACEHOLDER);
  const rest = new TextEncoder().encode(`${json}${end}`);
  const bytes = await new Blob([start ?? '', rest]).arrayBuffer();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes), 0, 12);
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const gzip = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  const gzipped = await new Response(gzip).arrayBuffer();
  const appended = brotliStart && appendUncompressed(brotliStart, rest);
  const isSmaller = appended && appended.byteLength < gzipped.byteLength;
  return { bytes, gzipped, brotli: isSmaller ? appended : undefined, etag: `W/"${hex}"` };
}

/** JSON that is safe inside any script, inline ones too: it cannot close a tag or a comment. */
export function toScriptLiteral(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
