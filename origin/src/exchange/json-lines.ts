import { ALL_STATUSES, type Exporter, type ExportOptions } from './exporter.ts';
import { toPlauditRecord, type PlauditRecord } from './plaudit-record.ts';

/** One JSON object a line, with the names of our table; read back by `plaudit import`. */
export function createJsonLines({ hasEmails }: ExportOptions): Exporter {
  return {
    statuses: ALL_STATUSES,
    head: '',
    write: (review) => ({ text: `${toJson(toPlauditRecord(review, hasEmails))}\n` }),
    tail: '',
  };
}

/** Absent values are left out rather than null. */
const toJson = (record: PlauditRecord): string =>
  JSON.stringify(record, (_name, value: unknown) => value ?? undefined);
