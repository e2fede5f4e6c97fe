/** The audit log on the command line. */
import { open } from 'node:fs/promises';
import { listActs } from '../domain/audit/list.ts';
import { verifyCopy, type CopyFault } from '../domain/audit/verify-copy.ts';
import { verifyActs, type AuditFault, type AuditMark } from '../domain/audit/verify.ts';
import { CliError } from './cli-error.ts';
import { readOptions, required, withDatabase, type Command } from './command.ts';
import { toTerminal } from './to-terminal.ts';

const LIMIT = 100;

export const auditList: Command = {
  help: `Usage: plaudit audit list --shop KEY [--before N] [--json]

Lists what was done with a shop and by whom, newest first, ${LIMIT} acts at most.

  --before N   only acts with a smaller number
  --json       one JSON object a line
`,
  async run(args) {
    const options = {
      shop: { type: 'string' },
      before: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = readOptions({ args, options });
    const appKey = required(values.shop, '--shop KEY');
    const before = values.before === undefined ? undefined : readNumber(values.before);
    const acts = await withDatabase(({ db }) => listActs(db, appKey, LIMIT, before));
    for (const act of acts) {
      const { sequence, at, actor, verb, subject = '-', details } = act;
      console.log(
        values.json
          ? JSON.stringify(act)
          : toTerminal(
              `${sequence}  ${at}  ${actor}  ${verb}  ${subject}  ${JSON.stringify(details)}`,
            ),
      );
    }
    return 0;
  },
};

const FAULTS: Record<AuditFault, string> = {
  changed: 'is not what was written',
  missing: 'is gone',
  added: 'was not added by Plaudit',
  headless: 'and all others: the head of the log is gone',
  rewritten: 'is not the one that --expect is from',
};

export const auditVerify: Command = {
  help: `Usage: plaudit audit verify --shop KEY [--expect N:HASH]

Checks that no act was changed, removed or cut off, and prints the log's last number and hash. Note
them in a place that the database's owner cannot write to: with --expect, a later check finds out too
whether all of the log was written anew.
`,
  async run(args) {
    const options = { shop: { type: 'string' }, expect: { type: 'string' } } as const;
    const { values } = readOptions({ args, options });
    const appKey = required(values.shop, '--shop KEY');
    const mark = values.expect === undefined ? undefined : readMark(values.expect);
    const { head, fault } = await withDatabase(({ db }) => verifyActs(db, appKey, mark));
    if (fault) {
      console.error(`Act ${fault.sequence} ${FAULTS[fault.kind]}.`);
      return 1;
    }
    console.log(`The audit log is whole: ${head.sequence}:${head.hash}`);
    return 0;
  },
};

const COPY_FAULTS: Record<CopyFault['kind'], string> = {
  unreadable: 'is no act',
  changed: 'is not what was written, or not after the act before it',
  missing: 'comes after acts that are not there',
};

export const auditVerifyCopy: Command = {
  help: `Usage: plaudit audit verify-copy FILE

Checks a copy of the audit logs (AUDIT_COPY_FILE, or what AUDIT_COPY_URL was sent, an act a line) by itself: that no act was changed or left out, up to each shop's last one, whose number and hash it prints;
"plaudit audit verify --expect" compares them with the database. A log that goes back to an earlier act and
on from there is told of: a restored backup does that, and so does whoever writes a log anew.
`,
  async run(args) {
    const { positionals } = readOptions({ args, options: {}, allowPositionals: true });
    const path = required(positionals[0], 'FILE');
    const lines = (await open(path)).readLines();
    const { heads, rewinds, fault } = await verifyCopy(lines);
    for (const { line, shopId, after } of rewinds) {
      console.error(`Line ${line}: the log of shop ${shopId} goes back to its act ${after}.`);
    }
    if (fault) {
      console.error(`Line ${fault.line} ${COPY_FAULTS[fault.kind]}.`);
      return 1;
    }
    for (const [shopId, { sequence, hash }] of heads) {
      console.log(`shop ${shopId}: ${sequence}:${hash}`);
    }
    return 0;
  },
};

function readNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new CliError(`"${text}" is not the number of an act.`);
  return Number(text);
}

function readMark(text: string): AuditMark {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence === undefined || hash === undefined) {
    throw new CliError(`"${text}" is not what "plaudit audit verify" printed.`);
  }
  return { sequence: Number(sequence), hash };
}
