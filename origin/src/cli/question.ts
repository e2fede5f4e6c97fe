/** What waits of questions and answers, and the decisions on them. */
import type { Context } from '../domain/context.ts';
import { UnknownSubjectError } from '../domain/errors.ts';
import { listPendingQuestions } from '../domain/questions/list-pending.ts';
import { moderateAnswer, moderateQuestion } from '../domain/questions/moderate.ts';
import { findShop } from '../domain/shops/find.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { toReasons } from './holds.ts';
import { toTerminal } from './to-terminal.ts';

const LIMIT = 100;

export const questionList: Command = {
  help: `Usage: plaudit question list --shop KEY

Lists the questions and the answers of visitors that wait for a decision, oldest first, ${LIMIT} of
each at most, and why they wait.
`,
  async run(args) {
    const { values } = readOptions({ args, options: { shop: { type: 'string' } } });
    const appKey = required(values.shop, '--shop KEY');
    const waiting = await withDatabase(async ({ db }) =>
      listPendingQuestions(db, (await findShop(db, appKey)).id, LIMIT),
    );
    if (waiting.length === 0) console.error('No question and no answer waits for a decision.');
    for (const { id, kind, productId, body, heldBy } of waiting) {
      const text = body.replace(/\s+/g, ' ').slice(0, 80);
      console.log(
        toTerminal(`${id}  ${kind.padEnd(8)}  ${productId}  ${text}${toReasons(heldBy)}`),
      );
    }
    return 0;
  },
};

export const questionPublish: Command = {
  help: `Usage: plaudit question publish ID… --shop KEY

Shows questions or answers to visitors. The ids are those that "plaudit question list" prints.
`,
  run: (args) => moderate(args, 'published'),
};

export const questionReject: Command = {
  help: `Usage: plaudit question reject ID… --shop KEY

Keeps questions or answers from visitors. They are not deleted, and can be published later.
`,
  run: (args) => moderate(args, 'rejected'),
};

async function moderate(args: string[], status: 'published' | 'rejected'): Promise<number> {
  const { values, positionals } = readOptions({
    args,
    options: { shop: { type: 'string' } },
    allowPositionals: true,
  });
  const appKey = required(values.shop, '--shop KEY');
  if (positionals.length === 0) throw new CliError('Name at least one question or answer.');
  await withDatabase(async (context) => {
    for (const id of positionals) {
      const isChanged = await decide(context, appKey, id, status);
      console.log(`${id} ${isChanged ? `is ${status} now.` : `was ${status} already.`}`);
    }
  });
  return 0;
}

/** Their ids never meet, so whoever decides need not say which of the two it is. */
async function decide(
  context: Context,
  appKey: string,
  id: string,
  status: 'published' | 'rejected',
): Promise<boolean> {
  try {
    return await moderateQuestion(context, appKey, id, status);
  } catch (error) {
    if (!(error instanceof UnknownSubjectError)) throw error;
    return moderateAnswer(context, appKey, id, status);
  }
}
