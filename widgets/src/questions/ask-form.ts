/** The form to ask a question. Closed, it keeps what was written in it; only a sent question empties it. */

import { askQuestion, isPlauditProblem, type Question } from '@plaudit/sdk';
import { element } from '../element.ts';
import { createIdempotencyKeys } from '../idempotency-keys.ts';
import { createPrimary, type Asking } from './ask-button.ts';
import { createField, type Field } from './field.ts';
import type { Words } from './item.ts';

export { default as css } from './ask-form.css';

/** Puts the closed form after `place`; returns what opens and closes it. */
export function createAskForm(asking: Asking, button: HTMLElement, place: Element): () => void {
  const { shop, product, settings, text, onAsked } = asking;
  const fields = createFields(text);
  const send = createPrimary(text('questions.send'));
  const cancel = element('button', { type: 'button' }, text('form.cancel'));
  const failure = element('p', { class: 'error', role: 'alert' });
  const thanks = element('p', { part: 'thanks', tabindex: '-1' }) as HTMLElement;
  const form = element(
    'form',
    { part: 'form', hidden: '', novalidate: '', 'aria-label': text('questions.ask') },
    ...fields.map(({ box }) => box),
    failure,
    element('div', { class: 'actions' }, send, cancel),
  ) as HTMLFormElement;
  place.replaceChildren();
  place.after(form, thanks);

  const toggle = (): void => {
    form.hidden = !form.hidden;
    button.setAttribute('aria-expanded', String(!form.hidden));
    thanks.textContent = '';
    const first = form.hidden ? button : fields[0]?.input;
    first?.focus();
  };
  cancel.addEventListener('click', toggle);

  /** Says what is wrong with each field, and goes to the first; returns whether anything is. */
  const refuse = (toError: (field: Field) => string | undefined): boolean => {
    const wrong = fields.filter((field) => field.say(toError(field)));
    failure.textContent = wrong.length > 0 ? text('form.refused') : '';
    wrong[0]?.input.focus();
    return wrong.length > 0;
  };

  const keyOf = createIdempotencyKeys();
  let isSending = false;
  const setSending = (now: boolean): void => {
    isSending = now;
    send.setAttribute('aria-disabled', String(now));
    send.firstElementChild?.replaceChildren(text(now ? 'form.sending' : 'questions.send'));
  };
  const submit = async (): Promise<void> => {
    const [body = '', author = '', email = ''] = fields.map(({ input }) => input.value.trim());
    const written = { body, author, email, locale: settings.locale };
    setSending(true);
    try {
      const submission = { ...written, idempotencyKey: keyOf(written) };
      const { id, status } = await askQuestion(shop, product, submission);
      form.reset();
      toggle();
      thanks.textContent = text(`questions.${status}`);
      thanks.focus();
      onAsked({ ...unanswered(product), id, body, author }, status);
    } catch (error) {
      const errors = isPlauditProblem(error) ? error.problem.errors : undefined;
      const isRefused = refuse(
        ({ input }) => errors?.find(({ field }) => field === input.name)?.message,
      );
      if (!isRefused) failure.textContent = text('questions.failed');
    }
    setSending(false);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (isSending) return;
    const isRefused = refuse(({ input }) => {
      if (!input.value.trim()) return text('form.missing');
      return input.validity.valid ? undefined : text('form.emailWrong');
    });
    if (!isRefused) void submit();
  });
  return toggle;
}

const createFields = (text: Words): Field[] => [
  createField('body', text('questions.body'), { maxlength: '2000', rows: '3' }),
  createField(
    'author',
    text('form.author'),
    { maxlength: '100', autocomplete: 'name' },
    text('questions.authorHint'),
  ),
  createField(
    'email',
    text('form.email'),
    { maxlength: '254', type: 'email', autocomplete: 'email' },
    text('form.emailHint'),
  ),
];

const unanswered = (productId: string): Omit<Question, 'id' | 'body' | 'author'> => ({
  productId,
  createdAt: new Date().toISOString(),
  helpful: { up: 0, down: 0 },
  answers: [],
});
