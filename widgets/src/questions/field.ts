import { element } from '../element.ts';

/** A labelled line or box of text. */
export interface Field {
  box: Element;
  input: HTMLInputElement | HTMLTextAreaElement;
  /** Says what is wrong with it, or that nothing is; returns whether something is. */
  say: (error: string | undefined) => boolean;
}

/** Hint and error are tied to the field, so that they are read out with it. `rows` make it a box. */
export function createField(
  name: string,
  label: string,
  attributes: Record<string, string>,
  hint = '',
): Field {
  const error = element('span', { class: 'error', id: `${name}-error` });
  const input = element('rows' in attributes ? 'textarea' : 'input', {
    id: name,
    name,
    required: '',
    'aria-describedby': `${name}-hint ${name}-error`,
    ...attributes,
  }) as Field['input'];
  const box = element(
    'div',
    { class: 'field' },
    element('label', { for: name }, label),
    input,
    element('span', { class: 'quiet', id: `${name}-hint` }, hint),
    error,
  );
  return {
    box,
    input,
    say: (message = '') => {
      error.textContent = message;
      input.setAttribute('aria-invalid', String(message !== ''));
      return message !== '';
    },
  };
}
