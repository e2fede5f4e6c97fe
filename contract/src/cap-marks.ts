/**
 * More marks and invisible characters than any writing puts on one letter: pointed Hebrew and Tibetan
 * stack five, the flag of a country's part takes six.
 */
const FLOOD = /([\p{M}\p{Cf}]{10})[\p{M}\p{Cf}]+/gu;

/** Leaves ten of those that stand in a row: a flood of them would cover what stands around, or hide text. */
export const capMarks = (text: string): string => text.replace(FLOOD, '$1');
