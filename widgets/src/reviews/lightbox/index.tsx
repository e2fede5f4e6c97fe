/** Photos large, one after the other, each with the review it belongs to. */

import { Component, createRef, render, type ComponentChild } from 'preact';
import type { Review, Settings } from '@plaudit/sdk';
import { photos as messages } from '../../messages/en/photos.ts';
import { toStyleSheet } from '../../style-sheet.ts';
import { createText } from '../../text.ts';
import { Stars } from '../stars.tsx';
import css from './lightbox.css';
import { toPhotos } from './photos.ts';

/** What is shown large, and where. */
export interface PhotosRequest {
  root: ShadowRoot;
  /** Those whose photos the view leads through. */
  reviews: readonly Review[];
  /** The address of the photo to begin with. */
  start: string;
  settings: Settings;
}

const sheet = toStyleSheet(css);

/** Shows the photos over the page until the visitor closes them. */
export function open({ root, ...photos }: PhotosRequest): void {
  if (!root.adoptedStyleSheets.includes(sheet)) {
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
  const box = document.createElement('div');
  const close = (): void => {
    render(null, box);
    box.remove();
  };
  root.append(box);
  render(<Lightbox {...photos} onClose={close} />, box);
}

interface Props extends Omit<PhotosRequest, 'root'> {
  onClose: () => void;
}

interface State {
  index: number;
}

class Lightbox extends Component<Props, State> {
  readonly _photos = toPhotos(this.props.reviews);
  override state: State = {
    index: Math.max(
      this._photos.findIndex(({ url }) => url === this.props.start),
      0,
    ),
  };
  readonly _text = createText(messages, this.props.settings);
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

  override render({ settings, onClose }: Props, { index }: State): ComponentChild {
    const text = this._text;
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
        lang={settings.locale}
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
            <p lang={review.locale} dir="auto">
              {review.title ?? review.body}
            </p>
          </figcaption>
        </figure>
        <div class="controls">
          {photos.length > 1 && (
            <>
              <button aria-label={text('photos.previous')} onClick={() => this._go(-1)}>
                ←
              </button>
              <span role="status">
                {text('photos.position', { number: index + 1, total: photos.length })}
              </span>
              <button aria-label={text('photos.next')} onClick={() => this._go(1)}>
                →
              </button>
            </>
          )}
          <button onClick={close}>{text('photos.close')}</button>
        </div>
      </dialog>
    );
  }
}
