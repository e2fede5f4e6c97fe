/** One review. Everything in it was written by strangers and is shown as text, isolated from what is around it. */

import type { Media, Review, VARIANT_QUESTION } from '@plaudit/sdk';
import { Component, type ComponentChild, type TargetedMouseEvent } from 'preact';
import { isSafe } from '../is-safe.ts';
import { Stars } from './stars.tsx';
import type { Words } from './words.ts';

/** Called with the click on a photo's link. */
export type OnPhoto = (event: TargetedMouseEvent<HTMLAnchorElement>) => void;

/** What a card shows better once the first view is there. */
export interface CardExtras {
  formatDate: (instant: string) => string;
  /** Absent until its code has come; the card keeps the space. */
  showVotes?: (review: Review) => ComponentChild;
}

/** Without an import, which would bring the SDK into the first view. Its answer needs no question beside it. */
const VARIANT: typeof VARIANT_QUESTION = 'variant';

interface Props {
  review: Review;
  isOwn: boolean;
  text: Words;
  extras: CardExtras;
  onPhoto: OnPhoto;
}

export function ReviewCard({ review, isOwn, text, extras, onPhoto }: Props): ComponentChild {
  const { rating, title, body, locale, createdAt, reply, productUrl } = review;
  const media = mediaLinks(review, text, onPhoto);
  return (
    <article part="review" tabIndex={-1}>
      <footer class="by">
        <bdi part="author">{review.author ?? text('review.anonymous')}</bdi>
        {isOwn && <span class="badge">{text('review.yours')}</span>}
        {review.verified && (
          <span class="badge" part="verified">
            <span aria-hidden="true">✓ </span>
            {text('review.verified')}
          </span>
        )}
        {review.incentivized && (
          <span class="badge" part="incentivized" title={text('review.incentivizedHint')}>
            {text('review.incentivized')}
          </span>
        )}
        <time class="quiet" dateTime={createdAt}>
          {extras.formatDate(createdAt)}
        </time>
        {review.productTitle && (
          <a part="product" {...(isSafe(productUrl) && { href: productUrl })}>
            {review.productTitle}
          </a>
        )}
      </footer>
      <div class="words">
        <Stars average={rating} />
        <span class="unseen">{text('reviews.stars', { stars: rating })}</span>
        {title && (
          <h3 part="title" lang={locale} dir="auto">
            {title}
          </h3>
        )}
        {body && <Body body={body} locale={locale} text={text} />}
        {answerLines(review)}
        {media.length > 0 && (
          <div class="media" part="media">
            {media}
          </div>
        )}
        {reply && (
          <div part="reply">
            <b>{text('review.reply')}</b>
            <p class="body" dir="auto">
              {reply.body}
            </p>
          </div>
        )}
        <div class="votes">{extras.showVotes?.(review)}</div>
      </div>
    </article>
  );
}

const answerLines = ({ answers }: Review): ComponentChild =>
  answers?.map(({ question, label, value }) => (
    <p key={question} class="body" part="answer">
      {question !== VARIANT && <span class="quiet">{label}: </span>}
      <bdi>{[value].flat().join(', ')}</bdi>
      {typeof value === 'number' && ' / 5'}
    </p>
  ));

/** A link to each photo and video of a review that has an address of the web. */
export const mediaLinks = (review: Review, text: Words, onPhoto: OnPhoto): ComponentChild[] =>
  (review.media ?? []).flatMap((media, index) =>
    isSafe(media.url) ? [mediaLink(media, index + 1, review, text, onPhoto)] : [],
  );

function mediaLink(
  { kind, url, thumbnailUrl }: Media,
  number: number,
  review: Review,
  text: Words,
  onPhoto: OnPhoto,
): ComponentChild {
  const picture = thumbnailUrl ?? (kind === 'photo' ? url : undefined);
  const author = review.author ?? text('review.anonymous');
  const label = text(`review.${kind}`, { number, author });
  return (
    <a
      key={url}
      href={url}
      target="_blank"
      rel="ugc nofollow noreferrer"
      {...(kind === 'photo' && { onClick: onPhoto })}
    >
      {picture ? (
        <img src={picture} alt={label} loading="lazy" width={80} height={80} />
      ) : (
        <span>▶ {label}</span>
      )}
    </a>
  );
}

interface BodyProps {
  body: string;
  locale: string | undefined;
  text: Words;
}

interface BodyState {
  isOpen: boolean;
}

/** Longer texts are cut to a few lines. Judged by length: measuring lines would cost a layout. */
const LONG_TEXT_LENGTH = 500;
const MANY_LINES = 8;

/** A review's text, and the switch that shows all of a long one. */
class Body extends Component<BodyProps, BodyState> {
  override state: BodyState = { isOpen: false };

  override render({ body, locale, text }: BodyProps, { isOpen }: BodyState): ComponentChild {
    const isLong = body.length > LONG_TEXT_LENGTH || body.split('\n').length > MANY_LINES;
    return (
      <>
        <p class={isLong && !isOpen ? 'body cut' : 'body'} part="body" lang={locale} dir="auto">
          {body}
        </p>
        {isLong && (
          <button
            class="link"
            aria-expanded={isOpen}
            onClick={() => this.setState({ isOpen: !isOpen })}
          >
            {text(isOpen ? 'review.readLess' : 'review.readMore')}
          </button>
        )}
      </>
    );
  }
}
