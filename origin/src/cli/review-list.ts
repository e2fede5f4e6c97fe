import { listPendingReviews } from '../domain/reviews/list-pending.ts';
import { findShop } from '../domain/shops/find.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { toReasons } from './holds.ts';
import { toTerminal } from './to-terminal.ts';

const LIMIT = 100;

export const reviewList: Command = {
  help: `Usage: plaudit review list --shop KEY

Lists the reviews that wait for a decision, oldest first, ${LIMIT} at most, and which rules hold them.
`,
  async run(args) {
    const { values } = readOptions({ args, options: { shop: { type: 'string' } } });
    const appKey = required(values.shop, '--shop KEY');
    const reviews = await withDatabase(async ({ db }) =>
      listPendingReviews(db, (await findShop(db, appKey)).id, LIMIT),
    );
    if (reviews.length === 0) console.error('No review waits for a decision.');
    for (const { id, productId, rating, title, body, heldBy } of reviews) {
      const text = [title, body].filter(Boolean).join(' – ').replace(/\s+/g, ' ');
      console.log(
        toTerminal(
          `${id}  ${'★'.repeat(rating).padEnd(5, '☆')}  ${productId}  ${text.slice(0, 80)}${toReasons(heldBy)}`,
        ),
      );
    }
    return 0;
  },
};
