import type { NumberMarks, Text } from './text.ts';

/** An average with one decimal, as the language writes it. */
export const formatAverage = (average: number, text: Text<keyof NumberMarks>): string =>
  average.toFixed(1).replace('.', text('decimalMark'));
