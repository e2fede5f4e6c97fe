import type { ComponentChild } from 'preact';
import type { Field } from './submission.ts';

interface Props {
  name: Field;
  label: string;
  maxLength: number;
  hint?: string;
  error?: string | undefined;
  kind?: 'line' | 'email' | 'url' | 'box';
  autocomplete?: string;
  isRequired?: boolean;
}

/** A labelled line or box of text; hint and error are tied to it, so that they are read out with it. */
export function TextField(props: Props): ComponentChild {
  const { name, label, maxLength, hint, error, kind = 'line' } = props;
  const common = {
    id: name,
    name,
    maxLength,
    required: props.isRequired ?? false,
    autocomplete: props.autocomplete ?? 'on',
    'aria-invalid': error !== undefined,
    'aria-describedby': `${name}-hint ${name}-error`,
  };
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {kind === 'line' && <input {...common} />}
      {kind === 'email' && <input {...common} type="email" />}
      {kind === 'url' && <input {...common} type="url" pattern="https://.+" />}
      {kind === 'box' && <textarea {...common} rows={5} />}
      <span id={`${name}-hint`} class="quiet">
        {hint}
      </span>
      <FieldError name={name} error={error} />
    </div>
  );
}

interface ErrorProps {
  name: string;
  error?: string | undefined;
}

export const FieldError = ({ name, error }: ErrorProps): ComponentChild => (
  <span id={`${name}-error`} class="error">
    {error}
  </span>
);
