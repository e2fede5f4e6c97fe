import { DECISION_REASONS } from '../domain/moderation/decision.ts';
import { publishReview, rejectReview } from '../domain/reviews/moderate.ts';
import { choose } from './choose.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';

const REASONS = `
  --reason REASON   why; it is written down in the audit log: ${DECISION_REASONS.join(', ')}
`;

export const reviewPublish: Command = {
  help: `Usage: plaudit review publish ID… --shop KEY [--reason REASON]

Shows reviews to visitors. The ids are those that "plaudit review list" prints.
${REASONS}`,
  run: (args) => moderate(args, publishReview, 'published'),
};

export const reviewReject: Command = {
  help: `Usage: plaudit review reject ID… --shop KEY [--reason REASON]

Keeps reviews from visitors. They are not deleted, and can be published later.
${REASONS}`,
  run: (args) => moderate(args, rejectReview, 'rejected'),
};

async function moderate(
  args: string[],
  verb: typeof publishReview,
  outcome: string,
): Promise<number> {
  const { values, positionals } = readOptions({
    args,
    options: { shop: { type: 'string' }, reason: { type: 'string' } },
    allowPositionals: true,
  });
  const appKey = required(values.shop, '--shop KEY');
  const reason = choose('--reason', DECISION_REASONS, values.reason);
  if (positionals.length === 0) throw new CliError('Name at least one review by its id.');
  await withDatabase(async (context) => {
    for (const id of positionals) {
      const isChanged = await verb(context, appKey, id, reason);
      console.log(`${id} ${isChanged ? `is ${outcome} now.` : `was ${outcome} already.`}`);
    }
  });
  return 0;
}
