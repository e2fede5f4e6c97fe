/**
 * Keeps cells from being run as formulas when a spreadsheet opens a table, and takes the guard off
 * again. The guard is the apostrophe that spreadsheets themselves write before such texts. What was
 * guarded comes back exactly, also where the text began with apostrophes of its own.
 */

/** What a spreadsheet would take for the start of a formula, after any apostrophes. */
const NEEDS_GUARD = /^'*[=+\-@\t\r\n＝＋－＠]/;
const IS_GUARDED = /^'+[=+\-@\t\r\n＝＋－＠]/;

/** A cell that no spreadsheet runs. */
export const guardFormula = (cell: string): string => (NEEDS_GUARD.test(cell) ? `'${cell}` : cell);

/** The cell before it was guarded. */
export const unguardFormula = (cell: string): string =>
  IS_GUARDED.test(cell) ? cell.slice(1) : cell;
