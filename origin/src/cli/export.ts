import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { findShop } from '../domain/shops/find.ts';
import {
  EXPORT_FORMATS,
  exportReviews,
  type ExportPlan,
  type ExportReport,
} from '../exchange/export-reviews.ts';
import { ALL_STATUSES } from '../exchange/exporter.ts';
import { choose } from './choose.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

export const exportShop: Command = {
  help: `Usage: plaudit export --shop KEY --format NAME [OPTIONS]

Writes all reviews of a shop to a file, or to standard output. Memory does not grow with the shop.

  --shop KEY       the shop whose reviews are written
  --format NAME    plaudit-csv  a table with every field (safe to open in a spreadsheet)
                   jsonl        the same fields, one JSON object a line
                   google-xml   Google's product review feed, version 2.4
                   judgeme      the shape of Judge.me's exports
                   shopify      the shape of Shopify Product Reviews
  --output FILE    where to; compressed when it ends in .gz (standard output)
  --status STATUS  only ${ALL_STATUSES.join(', ')} (all that the format can tell apart)
  --with-emails    write reviewers' e-mail addresses, which are left out otherwise
`,
  async run(args) {
    const { values } = readOptions({
      args,
      options: {
        shop: { type: 'string' },
        format: { type: 'string' },
        output: { type: 'string' },
        status: { type: 'string' },
        'with-emails': { type: 'boolean', default: false },
      },
    });
    const appKey = required(values.shop, '--shop KEY');
    const format = required(choose('--format', EXPORT_FORMATS, values.format), '--format NAME');
    const status = choose('--status', ALL_STATUSES, values.status);
    let report: ExportReport = { written: 0, leftOut: new Map() };
    const plan: ExportPlan = {
      format: EXPORT_FORMATS.find((name) => name === format) ?? 'plaudit-csv',
      hasEmails: values['with-emails'],
      ...(status ? { status } : {}),
      onProgress: (counts) => (report = counts),
    };
    await withDatabase(async (context) => {
      const text = exportReviews(context, await findShop(context.db, appKey), plan);
      await (values.output === undefined
        ? pipeline(text, process.stdout)
        : save(text, values.output));
    });
    console.error(describe(report));
    return 0;
  },
};

/** The file is there when it is whole, and not before: half a feed would remove reviews. */
async function save(text: AsyncIterable<string>, path: string): Promise<void> {
  const part = `${path}.part`;
  try {
    const file = createWriteStream(part);
    await (path.endsWith('.gz') ? pipeline(text, createGzip(), file) : pipeline(text, file));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function describe({ written, leftOut }: ExportReport): string {
  const lines = [`${written.toLocaleString('en')} reviews written`];
  for (const [reason, count] of leftOut) {
    lines.push(`  ${count.toLocaleString('en')} left out: each ${reason}`);
  }
  return lines.join('\n');
}
