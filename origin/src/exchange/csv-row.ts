import { guardFormula } from './formula-guard.ts';

/** One record of RFC 4180, safe to open in a spreadsheet: what would be a formula is made text. */
export function toCsvRow(cells: readonly string[]): string {
  return `${cells
    .map(guardFormula)
    .map((cell) => (/[",\r\n;\t|]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',')}\r\n`;
}
