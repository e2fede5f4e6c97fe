/** Photos large, one after the other, each with the review it belongs to. */

import { Component, createRef, type ComponentChild } from 'preact';
import type { Review, Settings } from '@plaudit/sdk';
import { photos as messages } from '../../messages/en/photos.ts';
import { createText } from '../../text.ts';
import { Stars } from '../stars.tsx';
import { toPhotos } from './photos.ts';
import type { Words } from '../words.ts';

export { default as css } from './lightbox.css';

export interface LightboxProps {
  reviews: readonly Review[];
  /** The address of the photo to begin with. */
  start: string;
  text: Words;
  settings: Settings;
  onClose: () => void;
}

interface State {
  index: number;
}

export class Lightbox extends Component<LightboxProps, State> {
  readonly _photos = toPhotos(this.props.reviews);
  override state: State = {
    index: Math.max(
      this._photos.findIndex(({ url }) => url === this.props.start),
      0,
    ),
  };
  readonly _controls = createText(messages, this.props.settings);
  readonly _dialog = createRef<HTMLDialogElement>();

  override componentDidMount(): void {
    // Modal: the browser keeps the focus inside, closes on Escape and gives the focus back.
    this._dialog.current?.showModal();
  }

  readonly _go = (step: number): void => {
    const { length } = this._photos;
    this.setState(({ index }) => ({ index: (index + step + length) % length }));
  };

  readonly _onKey = ({ key, currentTarget }: KeyboardEvent): void => {
    const isReversed = (currentTarget as Element).matches(':dir(rtl)');
    if (key === 'ArrowRight') this._go(isReversed ? -1 : 1);
    if (key === 'ArrowLeft') this._go(isReversed ? 1 : -1);
  };

  override render({ text, onClose }: LightboxProps, { index }: State): ComponentChild {
    const photos = this._photos;
    const photo = photos[index];
    if (!photo) return null;
    const { review, url, number } = photo;
    const author = review.author ?? text('review.anonymous');
    const close = (): void => this._dialog.current?.close();
    return (
      <dialog
        ref={this._dialog}
        part="lightbox"
        aria-label={text('review.photo', { number, author })}
        onClose={onClose}
        onKeyDown={this._onKey}
        onClick={({ target, currentTarget }) => target === currentTarget && close()}
      >
        <figure>
          <img key={url} src={url} alt={text('review.photo', { number, author })} />
          <figcaption>
            <Stars average={review.rating} />
            <span class="unseen">{text('reviews.stars', { stars: review.rating })}</span>
            <bdi part="author">{author}</bdi>
            <p class="body cut" lang={review.locale} dir="auto">
              {review.title ?? review.body}
            </p>
          </figcaption>
        </figure>
        <div class="controls">
          {photos.length > 1 && (
            <>
              <button aria-label={this._controls('photos.previous')} onClick={() => this._go(-1)}>
                ←
              </button>
              <span role="status">
                {this._controls('photos.position', { number: index + 1, total: photos.length })}
              </span>
              <button aria-label={this._controls('photos.next')} onClick={() => this._go(1)}>
                →
              </button>
            </>
          )}
          <button onClick={close}>{this._controls('photos.close')}</button>
        </div>
      </dialog>
    );
  }
}
