/** The chunk with votes on questions and answers, in the space that is kept for them. */

import type { Helpful, Settings, Vote, VoteReceipt, VoteSubject } from '@plaudit/sdk';
import { element } from '../../element.ts';
import { votes as messages } from '../../messages/en/votes.ts';
import type { Address } from '../../open-patient-shop.ts';
import { toStyleSheet } from '../../style-sheet.ts';
import { createText } from '../../text.ts';
import { castVotes } from '../../votes/cast-votes.ts';
import { recount, toUncast } from '../../votes/recount.ts';
import { THUMB_PATH } from '../../votes/thumb-path.ts';
import css from '../../votes/votes.css';

/** Where votes go, and on what. */
export interface VotePlace {
  box: Element;
  subject: VoteSubject;
  helpful: Helpful;
}

/** What the votes need of the widget. */
interface Place extends Address {
  root: ShadowRoot;
  settings: Settings;
}

const KINDS = ['up', 'down'] as const;

/** What fills a place with its votes. */
export function createShowVotes({
  root,
  settings,
  edge,
  appKey,
}: Place): (place: VotePlace) => void {
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  const text = createText(messages, settings);

  return ({ box, subject, helpful }) => {
    const key = `${subject.kind} ${subject.id}`;
    const known = (): VoteReceipt => castVotes.get(key) ?? toUncast(helpful);
    let isSending = false;
    const buttons = KINDS.map((kind) => toButton(kind));
    const label = text('votes.label');
    const failure = element('p', { class: 'vote-failed', role: 'alert' });

    const show = (): void => {
      const votes = known();
      for (const [index, kind] of KINDS.entries()) {
        const count = votes.helpful[kind];
        const [button, number] = buttons[index] ?? [];
        button?.setAttribute('aria-pressed', String(votes.vote === kind));
        button?.setAttribute('aria-disabled', String(isSending));
        button?.setAttribute('aria-label', text(`votes.${kind}`, { count }));
        number?.replaceChildren(text('reviews.number', { count }));
      }
    };

    const send = async (vote: Vote): Promise<void> => {
      const before = known();
      isSending = true;
      failure.textContent = '';
      // Shown at once, as the server will count it; taken back should it not.
      castVotes.set(key, recount(before, vote));
      show();
      try {
        const { sendVote } = await import('../../votes/send-vote.ts');
        castVotes.set(key, await sendVote({ edge, appKey }, subject, vote));
      } catch {
        castVotes.set(key, before);
        failure.textContent = text('votes.failed');
      }
      isSending = false;
      show();
    };

    for (const [index, kind] of KINDS.entries()) {
      buttons[index]?.[0].addEventListener('click', () => {
        if (!isSending) void send(known().vote === kind ? 'none' : kind);
      });
    }
    show();
    box.append(
      element(
        'div',
        { class: 'vote-row', part: 'votes', role: 'group', 'aria-label': label },
        element('span', { class: 'vote-label', 'aria-hidden': 'true' }, label),
        ...buttons.map(([button]) => button),
      ),
      failure,
    );
  };
}

/** A button, and where its number goes. */
function toButton(kind: keyof Helpful): [button: Element, number: Element] {
  const number = element('span');
  const thumb = element(
    'svg',
    { viewBox: '0 0 24 24', 'aria-hidden': 'true' },
    element('path', { d: THUMB_PATH }),
  );
  return [element('button', { class: `vote ${kind}` }, thumb, number), number];
}
