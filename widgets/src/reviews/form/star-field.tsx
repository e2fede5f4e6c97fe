import type { ComponentChild } from 'preact';
import { STAR_PATH } from '../../star-path.ts';
import type { FormWords } from './index.tsx';
import { FieldError } from './text-field.tsx';

interface Props {
  text: FormWords;
  error?: string | undefined;
  chosen?: number | undefined;
}

/** One to five stars as radio buttons: arrow keys, labels and "required" come with the browser. */
export const StarField = ({ text, error, chosen }: Props): ComponentChild => (
  <div class="field">
    <span id="rating-label">{text('form.rating')}</span>
    <div
      class="star-field"
      role="radiogroup"
      aria-labelledby="rating-label"
      aria-required="true"
      aria-invalid={error !== undefined}
      aria-describedby="rating-error"
    >
      {[1, 2, 3, 4, 5].map((count) => (
        <label key={count}>
          <input
            type="radio"
            name="rating"
            value={count}
            defaultChecked={count === chosen}
            required
          />
          <span class="unseen">{text('form.star', { count })}</span>
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={STAR_PATH} />
          </svg>
        </label>
      ))}
    </div>
    <FieldError name="rating" error={error} />
  </div>
);
