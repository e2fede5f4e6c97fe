/** Yotpo's Core API, version 3: what a shop's own server tells of its catalogue, customers and orders. */
import { Hono } from 'hono';
import { addCollectionCalls } from './collections.ts';
import { addCustomerCalls } from './customers.ts';
import type { TokenDependencies } from '../token-access.ts';
import { CORE_PREFIX, createAddCall } from './call.ts';
import { addOrderCalls } from './orders.ts';
import { addProductCalls } from './products.ts';

/** The routes; they stand before what lets pages of other origins read answers. */
export function compatCore(dependencies: TokenDependencies): Hono {
  const app = new Hono();
  const add = createAddCall(app, dependencies);
  const groups = [addProductCalls, addCollectionCalls, addCustomerCalls, addOrderCalls];
  for (const calls of groups) calls(add);
  const fields = { 'cache-control': 'private, no-store' };
  app.all(`${CORE_PREFIX}/*`, (context) =>
    context.json({ errors: [{ message: 'Not Found' }] }, 404, fields),
  );
  return app;
}
