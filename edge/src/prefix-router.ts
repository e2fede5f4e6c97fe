/**
 * Two routers as one: paths that begin with a prefix have their own. Hono's quickest router refuses
 * routes that differ only in whether a segment is a parameter, and one such pair anywhere would give
 * it up for all; behind the prefix there is none.
 */
import type { Result, Router } from 'hono/router';

export class PrefixRouter<T> implements Router<T> {
  readonly name = 'PrefixRouter';
  readonly #prefix: string;
  readonly #inside: Router<T>;
  readonly #outside: Router<T>;

  constructor(prefix: string, inside: Router<T>, outside: Router<T>) {
    this.#prefix = prefix;
    this.#inside = inside;
    this.#outside = outside;
  }

  add(method: string, path: string, handler: T): void {
    const isInside = path.startsWith(this.#prefix);
    const isAbove = path.endsWith('*') && this.#prefix.startsWith(path.slice(0, -1));
    if (isInside || isAbove) this.#inside.add(method, path, handler);
    if (!isInside) this.#outside.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    const router = path.startsWith(this.#prefix) ? this.#inside : this.#outside;
    return router.match(method, path);
  }
}
