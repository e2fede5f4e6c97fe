/**
 * Targeted fields (RFC 9213): `CDN-Cache-Control` and its like are Structured Field dictionaries
 * (RFC 9651 §4.2.2). One syntax error anywhere and the whole field counts for nothing.
 */
import type { Directives } from './directives.ts';

const KEY = /^[a-z*][a-z0-9_\-.*]*/;
const INTEGER_OR_DECIMAL = /^-?(?:\d{1,12}\.\d{1,3}|\d{1,15})(?![\d.])/;
const STRING = /^"(?:[ !#-[\]-~]|\\["\\])*"/;
const TOKEN = /^[A-Za-z*][!#$%&'*+\-.^_`|~0-9A-Za-z:/]*/;
const BYTES = /^:[A-Za-z0-9+/=]*:/;
const BOOLEAN = /^\?[01]/;
const ITEMS = [INTEGER_OR_DECIMAL, STRING, TOKEN, BYTES, BOOLEAN];

/** Takes what it matches from the front of a text. */
class Scanner {
  #rest: string;

  constructor(text: string) {
    this.#rest = text;
  }

  get isDone(): boolean {
    return this.#rest === '';
  }

  take(pattern: RegExp): string | undefined {
    const taken = pattern.exec(this.#rest)?.[0];
    if (taken !== undefined) this.#rest = this.#rest.slice(taken.length);
    return taken;
  }

  takeAny(patterns: readonly RegExp[]): string | undefined {
    for (const pattern of patterns) {
      const taken = this.take(pattern);
      if (taken !== undefined) return taken;
    }
    return undefined;
  }
}

/** Reads a targeted field; `undefined` where it is empty or not a valid dictionary. */
export function parseTargeted(value: string | undefined): Directives | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const scanner = new Scanner(value.trim());
  const directives = new Map<string, string | true>();
  while (!scanner.isDone) {
    if (!takeMember(scanner, directives)) return undefined;
    if (scanner.isDone) return directives;
    // A comma must be followed by another member.
    if (scanner.take(/^[ \t]*,[ \t]*(?=.)/) === undefined) return undefined;
  }
  return directives;
}

/** `key`, `key=item` or either with parameters. A later member replaces an earlier one. */
function takeMember(scanner: Scanner, directives: Map<string, string | true>): boolean {
  const key = scanner.take(KEY);
  if (key === undefined) return false;
  let value: string | true = true;
  if (scanner.take(/^=/) !== undefined) {
    const item = scanner.takeAny(ITEMS);
    if (item === undefined) return false;
    value = item;
  }
  directives.delete(key);
  // `?0` is false: as if the directive were not there (RFC 9213 §2.1).
  if (value !== '?0') directives.set(key, value === '?1' ? true : value);
  return takeParameters(scanner);
}

function takeParameters(scanner: Scanner): boolean {
  while (scanner.take(/^; */) !== undefined) {
    if (scanner.take(KEY) === undefined) return false;
    if (scanner.take(/^=/) !== undefined && scanner.takeAny(ITEMS) === undefined) return false;
  }
  return true;
}
