import type { filters } from '../../messages/en/filters.ts';
import type { Text } from '../../text.ts';

/** The texts of the filters. */
export type Words = Text<Extract<keyof typeof filters, string>>;
