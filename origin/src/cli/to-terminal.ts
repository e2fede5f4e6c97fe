/** Control characters but line breaks and tabs, and those that turn the direction of text. */
const ORDERS = /[^\P{Cc}\n\t]|\p{Bidi_C}/gu;

/**
 * A line that holds what others wrote, so that a terminal shows it and obeys nothing in it: titles, colours,
 * moved cursors and turned text stand as `\u001b`.
 */
export const toTerminal = (line: string): string =>
  line.replaceAll(ORDERS, (order) => `\\u${order.charCodeAt(0).toString(16).padStart(4, '0')}`);
