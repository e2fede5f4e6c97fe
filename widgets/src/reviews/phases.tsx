/** What stands where the reviews will be, or would have been. */

import type { ComponentChild } from 'preact';
import type { Words } from './words.ts';

export const Skeleton = ({ text }: { text: Words }): ComponentChild => (
  <div class="reviews skeleton" role="status">
    <span class="unseen">{text('reviews.loading')}</span>
    <div />
    <div />
    <div />
  </div>
);

interface FailureProps {
  text: Words;
  onRetry: () => void;
}

export const Failure = ({ text, onRetry }: FailureProps): ComponentChild => (
  <p class="message" part="error" role="alert">
    {text('reviews.failed')}{' '}
    <button class="link" onClick={onRetry}>
      {text('reviews.retry')}
    </button>
  </p>
);
