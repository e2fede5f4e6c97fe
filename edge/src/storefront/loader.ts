/**
 * Bakes a shop's settings, and a product's first reviews where they are wanted, into the loader's text, once
 * per version of what is baked in. What is the same for all of them is kept once, compressed beforehand.
 */
import { chooseLanguage, type AdoptedProduct, type Settings } from '@plaudit/contract';
import { compressRest, REST_MAX_BYTES } from './brotli.ts';
import type { Coding } from './encoding.ts';
import { checksum, endGzip } from './gzip.ts';

const PLACEHOLDER = '__PLAUDIT_SETTINGS__';

/** A text, or a part of one, in the codings that there are of it. */
type Forms = Readonly<Partial<Record<Coding, Uint8Array>>>;

/** A script as it is for every shop: all before the settings, and the little that is behind them. */
export interface Script {
  readonly start: Forms & Readonly<Record<'identity', Uint8Array>>;
  readonly startChecksum: number;
  readonly end: string;
}

/**
 * @param text With `__PLAUDIT_SETTINGS__` where they go.
 * @param compressed All before the settings, as the start of a stream that ends on a whole byte. Who reads a
 *   coding that is missing here gets the text as it is.
 */
export function toScript(text: string, compressed: Omit<Forms, 'identity'> = {}): Script {
  const [start = '', end = ''] = text.split(PLACEHOLDER);
  const identity = new TextEncoder().encode(start);
  return { start: { ...compressed, identity }, startChecksum: checksum(identity), end };
}

/** What there is to bake settings into. */
export interface LoaderSource {
  readonly plain: Script;
  /** Takes a product's first reviews beside the settings, and has the code that shows them. */
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

/** A script with what was baked in; the same start for all, so that many take little room. */
export interface Loader {
  readonly start: Forms;
  /** All that follows on the start: of gzip and brotli, what follows on its stream. */
  readonly rest: Forms;
  /** Weak: one for all forms (RFC 9110 §8.8.1). */
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

async function bake({ start, startChecksum, end }: Script, json: string): Promise<Loader> {
  const rest = new TextEncoder().encode(`${json}${end}`);
  const text = joined(start.identity, rest);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text), 0, 12);
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const sum = checksum(rest, startChecksum);
  return {
    start,
    rest: {
      identity: rest,
      ...(start.gzip && { gzip: await endGzip(rest, sum, text.byteLength) }),
      ...(start.br && rest.length <= REST_MAX_BYTES && { br: compressRest(start.identity, rest) }),
    },
    etag: `W/"${hex}"`,
  };
}

/** The script in the best form that the client reads; who reads brotli reads gzip too. */
export function encoded(
  { start, rest }: Loader,
  wanted: Coding,
): { coding: Coding; body: Uint8Array<ArrayBuffer> } {
  const codings: readonly Coding[] = wanted === 'br' ? ['br', 'gzip'] : [wanted];
  for (const coding of codings) {
    const [head, tail] = [start[coding], rest[coding]];
    if (head && tail) return { coding, body: joined(head, tail) };
  }
  return { coding: 'identity', body: joined(start.identity, rest.identity) };
}

function joined(
  head: Uint8Array = new Uint8Array(),
  tail: Uint8Array = new Uint8Array(),
): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(head.length + tail.length);
  bytes.set(head);
  bytes.set(tail, head.length);
  return bytes;
}

/** JSON that is safe inside any script, inline ones too: it cannot close a tag or a comment. */
export function toScriptLiteral(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
