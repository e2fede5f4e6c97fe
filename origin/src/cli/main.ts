/** The command line of the origin: finds the command, and loads nothing of the others. */
import { isUnavailable } from '../db/is-unavailable.ts';
import { toFailureRecord } from '../failure-record.ts';
import { CliError } from './cli-error.ts';
import type { Command } from './command.ts';

const COMMANDS: Record<string, () => Promise<Command>> = {
  serve: async () => (await import('./serve.ts')).serve,
  'shop create': async () => (await import('./shop-create.ts')).shopCreate,
  'shop remove': async () => (await import('./shop-remove.ts')).shopRemove,
  'app create': async () => (await import('./app.ts')).appCreate,
  'app list': async () => (await import('./app.ts')).appList,
  'app rotate-secret': async () => (await import('./app.ts')).appRotateSecret,
  'app revoke': async () => (await import('./app.ts')).appRevoke,
  'person add': async () => (await import('./person.ts')).personAdd,
  'person apps': async () => (await import('./person.ts')).personApps,
  'person withdraw': async () => (await import('./person.ts')).personWithdraw,
  'person remove': async () => (await import('./person.ts')).personRemove,
  'product list': async () => (await import('./product-list.ts')).productList,
  'review list': async () => (await import('./review-list.ts')).reviewList,
  'review publish': async () => (await import('./review-moderate.ts')).reviewPublish,
  'review reject': async () => (await import('./review-moderate.ts')).reviewReject,
  'question list': async () => (await import('./question.ts')).questionList,
  'question publish': async () => (await import('./question.ts')).questionPublish,
  'question reject': async () => (await import('./question.ts')).questionReject,
  'settings show': async () => (await import('./settings.ts')).settingsShow,
  'settings list': async () => (await import('./settings.ts')).settingsList,
  'settings rollback': async () => (await import('./settings.ts')).settingsRollback,
  'settings update': async () => (await import('./settings.ts')).settingsUpdate,
  import: async () => (await import('./import.ts')).importFiles,
  'import list': async () => (await import('./import-list.ts')).importList,
  'import undo': async () => (await import('./import-undo.ts')).importUndo,
  export: async () => (await import('./export.ts')).exportShop,
  backup: async () => (await import('./backup.ts')).backup,
  'backup list': async () => (await import('./backup.ts')).backupList,
  'backup verify': async () => (await import('./backup.ts')).backupVerify,
  'backup drill': async () => (await import('./backup.ts')).backupDrill,
  restore: async () => (await import('./restore.ts')).restore,
  'audit list': async () => (await import('./audit.ts')).auditList,
  'audit verify': async () => (await import('./audit.ts')).auditVerify,
  'audit verify-copy': async () => (await import('./audit.ts')).auditVerifyCopy,
  'keys list': async () => (await import('./keys.ts')).keysList,
  'keys rotate': async () => (await import('./keys.ts')).keysRotate,
  'keys rewrap': async () => (await import('./keys.ts')).keysRewrap,
  'person export': async () => (await import('./person-data.ts')).personExport,
  'person erase': async () => (await import('./person-data.ts')).personErase,
  'webhook add': async () => (await import('./webhook.ts')).webhookAdd,
  'webhook list': async () => (await import('./webhook.ts')).webhookList,
  'webhook deliveries': async () => (await import('./webhook.ts')).webhookDeliveries,
  'webhook replay': async () => (await import('./webhook.ts')).webhookReplay,
  'webhook rotate': async () => (await import('./webhook.ts')).webhookRotate,
  'webhook disable': async () => (await import('./webhook.ts')).webhookDisable,
  'webhook enable': async () => (await import('./webhook.ts')).webhookEnable,
  'webhook remove': async () => (await import('./webhook.ts')).webhookRemove,
};

const HELP = `Usage: plaudit COMMAND [OPTIONS]

  serve            answer the API
  shop create      make a shop
  shop remove      remove a shop with all that is in it, for good
  app              create, list, rotate-secret, revoke: who may use the API
  person           add, apps, withdraw, remove: who may sign in, and what they let in
                   export, erase: what a shop keeps of a reviewer
  product list     list a shop's products with their ratings
  review list      list reviews that wait for a decision
  review publish   show a review to visitors
  review reject    keep a review from visitors
  question         list what waits of questions and answers, publish, reject
  settings         show, update, list, rollback: a shop's look, texts and layout, its rules of moderation
  import           bring reviews in from a file of another product
  import list      list a shop's imports
  import undo      delete the reviews that an import brought in
  export           write a shop's reviews to a file
  backup           write a sealed backup of everything; backup list, verify, drill
  restore          bring a backup back into an empty database
  keys             list, rotate, rewrap: what addresses and secrets are sealed with
  audit            list what was done by whom; verify that the log, or its copy, is whole
  webhook          add, list, rotate, disable, enable, remove; deliveries, replay

plaudit COMMAND --help says more. Environment: DATA_DIR (.data), or DATABASE_URL for Postgres.
`;

async function run(args: string[]): Promise<number> {
  const name = [args.slice(0, 2).join(' '), args[0] ?? ''].find((words) =>
    Object.hasOwn(COMMANDS, words),
  );
  const load = name === undefined ? undefined : COMMANDS[name];
  if (name === undefined || !load) {
    const isHelp = args.length === 0 || args[0] === '--help' || args[0] === '-h';
    process[isHelp ? 'stdout' : 'stderr'].write(
      isHelp ? HELP : `There is no command "${args.join(' ')}".\n\n${HELP}`,
    );
    return isHelp ? 0 : 2;
  }
  const command = await load();
  const rest = args.slice(name.split(' ').length);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write(command.help);
    return 0;
  }
  return command.run(rest);
}

/**
 * Errors of ours and of the system (`ENOENT` and the like) are said; any other is a defect, shown
 * whole. That of a statement only without its message, which holds rows: addresses, texts.
 */
function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, frames } = toFailureRecord(error);
  if (isUnavailable(error)) return `The database cannot be reached (${code ?? error.message}).`;
  if ('params' in error) return [`A statement failed (${code}).`, ...frames].join('\n  ');
  const isOurs = error.constructor !== Error && !(error instanceof TypeError);
  return isOurs || 'code' in error ? error.message : error;
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(explain(error));
  process.exitCode = error instanceof CliError ? 2 : 1;
}
