import { toCsvRow } from './csv-row.ts';
import { ALL_STATUSES, type Exporter, type ExportOptions } from './exporter.ts';
import { PLAUDIT_COLUMNS, toPlauditRecord, type PlauditRecord } from './plaudit-record.ts';

/** Our own table: every field; read back by `plaudit import` without loss. */
export function createPlauditCsv({ hasEmails }: ExportOptions): Exporter {
  return {
    statuses: ALL_STATUSES,
    head: toCsvRow(PLAUDIT_COLUMNS),
    write(review) {
      const record = toPlauditRecord(review, hasEmails);
      return { text: toCsvRow(PLAUDIT_COLUMNS.map((column) => toCell(record[column]))) };
    },
    tail: '',
  };
}

/** Addresses are separated by spaces: none can hold one. Answers are written as JSON. */
function toCell(value: PlauditRecord[keyof PlauditRecord]): string {
  if (!Array.isArray(value)) return String(value ?? '');
  return value.every((each) => typeof each === 'string') ? value.join(' ') : JSON.stringify(value);
}
