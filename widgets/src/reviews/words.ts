import type { reviews } from '../messages/en/reviews.ts';
import type { Text } from '../text.ts';

/** The texts of this widget. */
export type Words = Text<Extract<keyof typeof reviews, string>>;
