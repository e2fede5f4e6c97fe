import type { CustomQuestion } from '@plaudit/sdk';
import type { ComponentChild } from 'preact';
import { toFieldName } from './submission.ts';
import { FieldError } from './text-field.tsx';

interface Props {
  question: CustomQuestion;
  error?: string | undefined;
}

const SCALE = ['1', '2', '3', '4', '5'];

/** A question of the shop's own: one choice, several, a place from 1 to 5, or free words. */
export function CustomField({ question, error }: Props): ComponentChild {
  const { kind, label, options = SCALE, required = false } = question;
  const name = toFieldName(question);
  const described = {
    'aria-labelledby': `${name}-label`,
    'aria-describedby': `${name}-error`,
    'aria-invalid': error !== undefined,
  };
  const isMultiple = kind === 'multiple';
  return (
    <div class="field">
      <span id={`${name}-label`} class="question">
        <bdi>{label}</bdi>
        {required && <span aria-hidden="true"> *</span>}
      </span>
      {kind === 'text' ? (
        <textarea {...described} name={name} maxLength={1000} rows={2} required={required} />
      ) : (
        <div
          {...described}
          {...(isMultiple ? {} : { 'aria-required': required })}
          class={`choices ${kind}`}
          role={isMultiple ? 'group' : 'radiogroup'}
        >
          {options.map((option) => (
            <label key={option}>
              <input
                type={isMultiple ? 'checkbox' : 'radio'}
                name={name}
                value={option}
                required={required && !isMultiple}
              />
              <bdi>{option}</bdi>
            </label>
          ))}
        </div>
      )}
      <FieldError name={name} error={error} />
    </div>
  );
}
