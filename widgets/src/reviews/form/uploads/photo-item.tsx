import type { ComponentChild } from 'preact';
import type { Photo } from './photo-list.ts';
import type { UploadWords } from './index.tsx';

interface Props {
  photo: Photo;
  text: UploadWords;
  onRetry: () => void;
  onRemove: () => void;
}

/** One photo: what it looks like, how far it is, and what can be done with it. */
export function PhotoItem({ photo, text, onRetry, onRemove }: Props): ComponentChild {
  const { key, name, phase, preview, progress } = photo;
  const isUnderWay = phase === 'waiting' || phase === 'sending';
  return (
    <li class="photo">
      <span class="preview" ref={(place) => preview && place?.replaceChildren(preview)}>
        {preview ? null : <bdi>{name}</bdi>}
      </span>
      {isUnderWay && (
        <progress
          aria-label={text('uploads.sending', { name })}
          {...(progress > 0 && { value: progress })}
        />
      )}
      <span class="error" role="alert" id={`photo-${key}`}>
        {phase === 'failed' && text('uploads.failed', { name })}
      </span>
      {phase === 'failed' && (
        <button type="button" class="link" aria-describedby={`photo-${key}`} onClick={onRetry}>
          {text('reviews.retry')}
        </button>
      )}
      <button
        type="button"
        class="remove"
        aria-label={text('uploads.remove', { name })}
        onClick={onRemove}
      >
        ✕
      </button>
    </li>
  );
}
