import type { Import } from '../domain/imports/start.ts';

/** What came of an import, in rows. */
export interface ImportReport {
  /** By which it can be undone; absent in a dry run. */
  id?: string;
  /** Whether it went on with one that had broken off. */
  isResumed: boolean;
  read: number;
  /** Added to the shop; in a dry run, those that would be. */
  imported: number;
  /** In the shop already, from an earlier import. */
  known: number;
  failed: number;
  /** Had no date: dated at the import, or invented where that was asked for. */
  undated: number;
  /** Were taken with a text or a list that had to be cut. */
  cut: number;
  /** Products, not rows: those that the shop did not know when this went on. */
  newProducts: number;
}

/** The report of an import before its first row of this time. */
export function emptyReport(started: Import | undefined): ImportReport {
  return {
    ...(started ? { id: started.publicId } : {}),
    isResumed: (started?.rowsDone ?? 0) > 0,
    read: 0,
    imported: started?.imported ?? 0,
    known: started?.known ?? 0,
    failed: 0,
    undated: 0,
    cut: 0,
    newProducts: 0,
  };
}
