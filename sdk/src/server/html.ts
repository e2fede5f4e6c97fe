/** HTML out of a template: everything that is put in is escaped, unless it is HTML already. */

/** Markup that needs no escaping any more. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

type Part = string | number | Html | false | undefined | readonly Part[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Tag of a template; absent parts leave nothing behind. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  const texts = strings.map((text, index) => text + toMarkup(parts[index]));
  return new Html(texts.join(''));
}

function toMarkup(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Html) return part.markup;
  if (typeof part === 'object') return part.map(toMarkup).join('');
  // HTML cannot say NUL, and half of a surrogate pair is not text.
  const text = String(part).toWellFormed().replaceAll('\0', '\uFFFD');
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
