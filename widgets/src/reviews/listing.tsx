/** The reviews themselves, with what narrows, orders and continues them. */

import type { Settings } from '@plaudit/sdk';
import { Component, createRef, type ComponentChild } from 'preact';
import { Lazy } from './lazy.tsx';
import { openPhotos } from './open-photos.ts';
import type { ListState, ReviewList } from './list.ts';
import { Failure } from './phases.tsx';
import { mediaLinks, ReviewCard, type CardExtras, type OnPhoto } from './review-card.tsx';
import { Toolbar } from './toolbar.tsx';
import type { Words } from './words.ts';

interface Props {
  list: ReviewList;
  state: ListState;
  text: Words;
  extras: CardExtras;
  adoptCss: (css: string) => void;
  settings: Settings;
  /** Page by page instead of on and on. */
  isNumbered: boolean;
}

/** Fewer are found without a strip. */
const STRIP_LENGTH_MIN = 3;

export class Listing extends Component<Props> {
  readonly _items = createRef<HTMLUListElement>();

  /** The button that fetched the last page is gone: its focus goes on to the first review it brought. */
  override componentDidUpdate({ state: before }: Props): void {
    const { phase, next } = this.props.state;
    const hasEnded = before.phase === 'loadingMore' && phase === 'idle' && !next;
    if (!hasEnded || document.activeElement !== document.body) return;
    const articles = this._items.current?.querySelectorAll('article');
    articles?.[toShown(before).length]?.focus({ preventScroll: true });
  }

  readonly _openPhoto: OnPhoto = (event) => {
    // The link works by itself: in a new tab when asked to, and when the large view cannot be had.
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { state, settings } = this.props;
    const start = event.currentTarget.getAttribute('href') ?? '';
    const root = event.currentTarget.getRootNode() as ShadowRoot;
    openPhotos({ root, reviews: toShown(state), start, settings }).catch(() =>
      open(start, '_blank', 'noreferrer'),
    );
  };

  override render(props: Props): ComponentChild {
    const { list, state, text, extras, adoptCss, settings, isNumbered } = props;
    const { phase, query, facets, own } = state;
    const shown = toShown(state);
    const isBusy = phase === 'loading';
    const media = shown.flatMap((review) => mediaLinks(review, text, this._openPhoto));
    const isIdle = phase === 'idle';
    const more = state.next && phase !== 'failed' && (
      // Never `disabled`: that would throw the focus off the button while it works.
      <button part="more" aria-disabled={!isIdle} onClick={() => isIdle && void list.more()}>
        {text(phase === 'loadingMore' ? 'reviews.loading' : 'reviews.more')}
      </button>
    );
    return (
      <>
        <Toolbar
          query={query}
          facets={facets}
          text={text}
          settings={settings}
          adoptCss={adoptCss}
          onChange={(change) => void list.ask(change)}
        />
        {media.length >= STRIP_LENGTH_MIN && (
          <div class="media strip" part="strip" role="group" aria-label={text('gallery.label')}>
            {media}
          </div>
        )}
        <p class="unseen" role="status">
          {isBusy ? text('reviews.loading') : text('reviews.updated', { count: shown.length })}
        </p>
        {isIdle && shown.length === 0 && <p class="message">{text('reviews.noMatch')}</p>}
        <ul ref={this._items} class={isBusy ? 'list busy' : 'list'} part="list" aria-busy={isBusy}>
          {shown.map((review) => (
            <li key={review.id}>
              <ReviewCard
                review={review}
                isOwn={review === own}
                text={text}
                extras={extras}
                onPhoto={this._openPhoto}
              />
            </li>
          ))}
        </ul>
        {phase === 'failed' && <Failure text={text} onRetry={() => void list.retry()} />}
        {isNumbered ? (
          <Lazy load={() => import('./pages/index.ts')} own={props}>
            {more}
          </Lazy>
        ) : (
          more
        )}
      </>
    );
  }
}

/** The visitor's own review first, and only there; a withdrawn one nowhere, whatever a cache still says. */
const toShown = ({ own, reviews, query }: ListState): ListState['reviews'] =>
  own
    ? [
        ...(query.cursor || own.rating === undefined ? [] : [own]),
        ...reviews.filter(({ id }) => id !== own.id),
      ]
    : reviews;
