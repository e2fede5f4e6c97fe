import { listProducts } from '../domain/products/list.ts';
import { findShop } from '../domain/shops/find.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { toTerminal } from './to-terminal.ts';

export const productList: Command = {
  help: `Usage: plaudit product list --shop KEY [--json]

Lists a shop's products with their ratings.

  --json   one JSON object a line: id, title, count, average
`,
  async run(args) {
    const { values } = readOptions({
      args,
      options: { shop: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const appKey = required(values.shop, '--shop KEY');
    const products = await withDatabase(async ({ db }) =>
      listProducts(db, (await findShop(db, appKey)).id),
    );
    for (const product of products) {
      const { id, title = '', count, average } = product;
      console.log(
        values.json
          ? JSON.stringify(product)
          : toTerminal(`${average.toFixed(1)}  ${String(count).padStart(6)}  ${id}  ${title}`),
      );
    }
    return 0;
  },
};
