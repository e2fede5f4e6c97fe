/** The whole of `<plaudit-reviews>`: decides which of its states is shown. */

import type { Rating } from '@plaudit/sdk';
import { Component, type ComponentChild } from 'preact';
import { toStyleSheet } from '../style-sheet.ts';
import { reviews as messages } from '../messages/en/reviews.ts';
import type { ChunkPlace } from '../lazy-view.ts';
import { createText } from '../text.ts';
import { arrangementClass } from './arrangement.ts';
import type { Reader } from './create-reader.ts';
import { isoDate } from '../iso-date.ts';
import { emit } from '../emit.ts';
import { createReviewList, type ListState } from './list.ts';
import type { FormPlace } from './form/index.tsx';
import { LazyPanel } from './lazy-panel.tsx';
import { Listing } from './listing.tsx';
import { Failure, Skeleton } from './phases.tsx';
import type { CardExtras } from './review-card.tsx';
import { Summary } from './summary.tsx';
import type { Rendered } from './rendered.ts';
import type { Words } from './words.ts';

interface Props extends Omit<ChunkPlace, 'firstPage' | 'known'> {
  read: Reader;
  /** What a server has rendered into the place already, and the widget takes over. */
  known: Rendered | null;
}

interface State {
  list: ListState;
  extras: CardExtras;
}

export class Widget extends Component<Props, State> {
  readonly _text: Words = createText(messages, this.props.settings);
  readonly _list = createReviewList(
    this.props.read,
    { limit: this.props.settings.layout.pageSize },
    (list) => this.setState({ list }),
    this.props.known,
  );
  override state: State = {
    list: this._list.state,
    extras: { formatDate: (instant) => this.props.known?.dates[instant] ?? isoDate(instant) },
  };

  override componentDidMount(): void {
    void this._start();
  }

  override componentWillUnmount(): void {
    this._list.stop();
  }

  readonly _toggle = (stars: Rating): void => {
    const chosen = this._list.state.query.rating ?? [];
    const rating = chosen.includes(stars)
      ? chosen.filter((other) => other !== stars)
      : [...chosen, stars].toSorted((a, b) => a - b);
    void this._list.ask({ rating });
  };

  async _start(): Promise<void> {
    const { root, product } = this.props;
    if (!this.props.known) {
      // In a task of its own: together with what was done so far, it would be a long one.
      await new Promise((resolve) => {
        setTimeout(resolve);
      });
      await this._list.ask();
    }
    emit(root.host, this._list.state.summary ? 'ready' : 'error', { product });
    import('./later/index.ts').then(
      ({ prepare }) => prepare(this.props, this._list.ask, (extras) => this.setState({ extras })),
      // Without it, all is there but the votes.
      () => {},
    );
  }

  readonly _adoptCss = (css: string): void => {
    const { root } = this.props;
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
  };

  override render({ root, hasFallback, settings }: Props, { list }: State): ComponentChild {
    // What the page put between the tags is better than anything but the reviews.
    if (!list.summary && hasFallback) return <slot />;
    return (
      <section
        class={`widget ${arrangementClass(root.host, settings.layout)}`}
        part="reviews"
        lang={settings.locale}
      >
        <h2 part="heading" tabIndex={-1}>
          {this._text('reviews.heading')}
        </h2>
        {list.summary ? this._content() : this._waiting()}
      </section>
    );
  }

  _waiting(): ComponentChild {
    return this.state.list.phase === 'failed' ? (
      <Failure text={this._text} onRetry={() => void this._list.retry()} />
    ) : (
      <Skeleton text={this._text} />
    );
  }

  _content(): ComponentChild {
    const { root, product, settings } = this.props;
    const { list, extras } = this.state;
    const text = this._text;
    const { summary, facets, own } = list;
    const hasReviews = summary && summary.count > 0;
    return (
      <>
        <div class="head" part="summary">
          {hasReviews ? (
            <Summary
              summary={summary}
              scales={facets?.scales}
              chosen={list.query.rating ?? []}
              text={text}
              onToggle={this._toggle}
            />
          ) : (
            <p part="empty">{text('reviews.empty')}</p>
          )}
          {product !== null && (
            <LazyPanel<FormPlace>
              class="primary"
              part="write"
              label={text('reviews.write')}
              text={text}
              load={() => import('./form/index.tsx')}
              adoptCss={this._adoptCss}
              own={{ ...this.props, product, setOwn: this._list.setOwn }}
            />
          )}
        </div>
        {(hasReviews || own) && (
          <Listing
            list={this._list}
            state={list}
            text={text}
            extras={extras}
            adoptCss={this._adoptCss}
            settings={settings}
            isNumbered={(root.host.getAttribute('pages') ?? settings.layout.pages) === 'numbered'}
          />
        )}
      </>
    );
  }
}
