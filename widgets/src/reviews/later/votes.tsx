/** Votes on whether a review helped, in the space that the card keeps for them. */

import type { Helpful, Review, Settings, Vote } from '@plaudit/sdk';
import { Component, type ComponentChild } from 'preact';
import { votes as messages } from '../../messages/en/votes.ts';
import { toStyleSheet } from '../../style-sheet.ts';
import { createText, type Text } from '../../text.ts';
import type { Address } from '../../open-patient-shop.ts';
import { castVotes } from './cast-votes.ts';
import css from './votes.css';

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
}

const KINDS = ['up', 'down'] as const;
/** A raised thumb in 24 by 24. */
const THUMB = 'M2 10h4v11H2zm6 0 4-8q3 0 3 3l-1 5h6q2 0 2 2l-2 7q-.5 2-2 2h-8q-2 0-2-2z';

class Votes extends Component<Props, State> {
  override state: State = { isSending: false, hasFailed: false };

  readonly _vote = async (vote: Vote): Promise<void> => {
    if (this.state.isSending) return;
    const { review, edge, appKey } = this.props;
    const before = castVotes.get(review.id);
    // Shown at once, as the server will count it; taken back should it not.
    castVotes.set(review.id, recount(before ?? toUncast(review), vote));
    this.setState({ isSending: true, hasFailed: false });
    try {
      const { sendVote } = await import('./send-vote.ts');
      castVotes.set(review.id, await sendVote({ edge, appKey }, review.id, vote));
      this.setState({ isSending: false });
    } catch {
      castVotes.set(review.id, before ?? toUncast(review));
      this.setState({ isSending: false, hasFailed: true });
    }
  };

  override render({ review, text }: Props, { isSending, hasFailed }: State): ComponentChild {
    const { vote, helpful } = castVotes.get(review.id) ?? toUncast(review);
    const label = text('votes.label');
    return (
      <>
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
                <path d={THUMB} />
              </svg>
              {text('reviews.number', { count: helpful[kind] })}
            </button>
          ))}
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

const toUncast = ({ helpful }: Review): { vote: Vote; helpful: Helpful } => ({
  vote: 'none',
  helpful,
});

/** The same votes with another one of this visitor. */
function recount(
  before: { vote: Vote; helpful: Helpful },
  vote: Vote,
): { vote: Vote; helpful: Helpful } {
  const count = (kind: keyof Helpful): number =>
    before.helpful[kind] + Number(vote === kind) - Number(before.vote === kind);
  return { vote, helpful: { up: count('up'), down: count('down') } };
}
