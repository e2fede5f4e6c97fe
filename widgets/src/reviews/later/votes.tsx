/** Votes on whether a review helped, in the space that the card keeps for them. */

import type { Review, Settings, Translation, Vote } from '@plaudit/sdk';
import { Component, type ComponentChild } from 'preact';
import { votes as messages } from '../../messages/en/votes.ts';
import { toStyleSheet } from '../../style-sheet.ts';
import { createText, type Text } from '../../text.ts';
import type { Address } from '../../open-patient-shop.ts';
import { castVotes } from '../../votes/cast-votes.ts';
import { recount, toUncast } from '../../votes/recount.ts';
import { THUMB_PATH } from '../../votes/thumb-path.ts';
import css from '../../votes/votes.css';

/** What the votes need of the widget. */
interface Place extends Address {
  root: ShadowRoot;
  settings: Settings;
}

export function createShowVotes({
  root,
  settings,
  edge,
  appKey,
}: Place): (review: Review) => ComponentChild {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  const text = createText(messages, settings);
  return (review) => <Votes review={review} text={text} edge={edge} appKey={appKey} />;
}

interface Props extends Address {
  review: Review;
  text: Text<Extract<keyof typeof messages, string>>;
}

interface State {
  isSending: boolean;
  hasFailed: boolean;
  isTranslated: boolean;
}

const KINDS = ['up', 'down'] as const;

class Votes extends Component<Props, State> {
  override state: State = { isSending: false, hasFailed: false, isTranslated: false };

  readonly _vote = async (vote: Vote): Promise<void> => {
    if (this.state.isSending) return;
    const { review, edge, appKey } = this.props;
    const before = castVotes.get(review.id);
    // Shown at once, as the server will count it; taken back should it not.
    castVotes.set(review.id, recount(before ?? toUncast(review.helpful), vote));
    this.setState({ isSending: true, hasFailed: false });
    try {
      const { sendVote } = await import('../../votes/send-vote.ts');
      castVotes.set(
        review.id,
        await sendVote({ edge, appKey }, { kind: 'review', id: review.id }, vote),
      );
      this.setState({ isSending: false });
    } catch {
      castVotes.set(review.id, before ?? toUncast(review.helpful));
      this.setState({ isSending: false, hasFailed: true });
    }
  };

  override render(
    { review, text }: Props,
    { isSending, hasFailed, isTranslated }: State,
  ): ComponentChild {
    const { vote, helpful } = castVotes.get(review.id) ?? toUncast(review.helpful);
    const label = text('votes.label');
    const { translation } = review;
    return (
      <>
        {translation && isTranslated && <Translated {...translation} text={text} />}
        <div class="vote-row" part="votes" role="group" aria-label={label}>
          <span class="vote-label" aria-hidden="true">
            {label}
          </span>
          {KINDS.map((kind) => (
            <button
              key={kind}
              class={`vote ${kind}`}
              aria-pressed={vote === kind}
              aria-disabled={isSending}
              aria-label={text(`votes.${kind}`, { count: helpful[kind] })}
              onClick={() => void this._vote(vote === kind ? 'none' : kind)}
            >
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d={THUMB_PATH} />
              </svg>
              {text('reviews.number', { count: helpful[kind] })}
            </button>
          ))}
          {translation && (
            <button
              class="link vote-label"
              aria-expanded={isTranslated}
              onClick={() => this.setState({ isTranslated: !isTranslated })}
            >
              {text(isTranslated ? 'translation.hide' : 'translation.show')}
            </button>
          )}
        </div>
        {hasFailed && (
          <p class="vote-failed" role="alert">
            {text('votes.failed')}
          </p>
        )}
      </>
    );
  }
}

interface TranslatedProps extends Translation {
  text: Props['text'];
}

/** Below the reviewer's own words, which stay: it is somebody else who chose these. */
const Translated = ({ locale, title, body, text }: TranslatedProps): ComponentChild => (
  <div part="translation">
    <span class="badge">{text('translation.label')}</span>{' '}
    {title && (
      <b lang={locale} dir="auto">
        {title}
      </b>
    )}
    {body && (
      <p class="body" lang={locale} dir="auto">
        {body}
      </p>
    )}
  </div>
);
