import { publishReview, rejectReview } from '../domain/reviews/moderate.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

export const reviewPublish: Command = {
  help: `Usage: plaudit review publish ID… --shop KEY

Shows reviews to visitors. The ids are those that "plaudit review list" prints.
`,
  run: (args) => moderate(args, publishReview, 'published'),
};

export const reviewReject: Command = {
  help: `Usage: plaudit review reject ID… --shop KEY

Keeps reviews from visitors. They are not deleted, and can be published later.
`,
  run: (args) => moderate(args, rejectReview, 'rejected'),
};

async function moderate(
  args: string[],
  verb: typeof publishReview,
  outcome: string,
): Promise<number> {
  const { values, positionals } = readOptions({
    args,
    options: { shop: { type: 'string' } },
    allowPositionals: true,
  });
  const appKey = required(values.shop, '--shop KEY');
  if (positionals.length === 0) throw new CliError('Name at least one review by its id.');
  await withDatabase(async (context) => {
    for (const id of positionals) {
      const isChanged = await verb(context, appKey, id);
      console.log(`${id} ${isChanged ? `is ${outcome} now.` : `was ${outcome} already.`}`);
    }
  });
  return 0;
}
