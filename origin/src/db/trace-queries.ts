import { inSpan } from '../span.ts';

/** What runs statements: a pool, a connection, the embedded database, a transaction of it. */
interface Queryable {
  query: (...args: never[]) => unknown;
}

const TEXT_LIMIT = 2000;

/**
 * Makes each statement a part of the trace it belongs to. Its text has no values in it, only their
 * places ($1): those are never written down.
 */
export function traceQueries<T extends Queryable>(target: T): T {
  const query = target.query.bind(target) as (...args: unknown[]) => unknown;
  return Object.assign(target, {
    query: (...args: unknown[]) => {
      // A pool calls its connections back; it is traced itself.
      if (typeof args.at(-1) === 'function') return query(...args);
      return inSpan(
        'query',
        () => query(...args) as Promise<unknown>,
        () => ({
          'db.system.name': 'postgresql',
          'db.query.text': textOf(args[0]).slice(0, TEXT_LIMIT),
        }),
      );
    },
  });
}

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String((statement as { text?: unknown }).text);
