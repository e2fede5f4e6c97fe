/** What XML 1.0 cannot hold, not even escaped (§2.2). */
const FORBIDDEN = /[^\t\n\r -\uFFFD\u{10000}-\u{10FFFF}]/gu;

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Written plainly it would be read as a line feed (§2.11).
  '\r': '&#13;',
};

/** A text for an element or an attribute in double quotes; characters that XML forbids are left out. */
export const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(FORBIDDEN, '')
    .replace(/[&<>"\r]/g, (character) => ENTITIES[character] ?? '');

/** An element with a text, or nothing at all without one. */
export const element = (name: string, text: string | null | undefined): string =>
  text ? `<${name}>${escapeXml(text)}</${name}>` : '';
