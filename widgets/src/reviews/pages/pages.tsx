/** Leads from page to page: one back, one on, and to each that the visitor has come to. */

import type { Settings } from '@plaudit/sdk';
import { Component, createRef, type ComponentChild } from 'preact';
import { pages as messages } from '../../messages/en/pages.ts';
import { createText } from '../../text.ts';
import type { ListState, ReviewList } from '../list.ts';
import { learnPages, NO_PAGES, toShownNumbers, type KnownPages } from './known-pages.ts';
import css from './pages.css';

interface Props {
  list: ReviewList;
  state: ListState;
  settings: Settings;
  adoptCss: (css: string) => void;
}

export class Pages extends Component<Props, KnownPages> {
  override state = NO_PAGES;
  readonly _text = createText(messages, this.props.settings);
  readonly _nav = createRef<HTMLElement>();
  _isLeading = false;

  static getDerivedStateFromProps({ state }: Props, known: KnownPages): KnownPages {
    return learnPages(known, state);
  }

  override componentDidMount(): void {
    this.props.adoptCss(css);
  }

  /** A new page is read from its start: that is where focus and view go. */
  override componentDidUpdate(): void {
    const { phase } = this.props.state;
    if (!this._isLeading || phase === 'loading') return;
    this._isLeading = false;
    if (phase === 'failed') return;
    const section = this._nav.current?.parentElement;
    section?.querySelector('article')?.focus({ preventScroll: true });
    // With what narrows and orders it; not at all where that is in view.
    section?.querySelector('[part=toolbar]')?.scrollIntoView({ block: 'nearest' });
  }

  readonly _go = (page: number): void => {
    const { starts, current } = this.state;
    if (page === current || !(page in starts)) return;
    this._isLeading = true;
    void this.props.list.ask({ cursor: starts[page] });
  };

  override render(_: Props, known: KnownPages): ComponentChild {
    const { starts, current } = known;
    if (starts.length === 1) return null;
    const text = this._text;
    const step = (to: number, label: string): ComponentChild => (
      <button class="small" aria-disabled={!(to in starts)} onClick={() => this._go(to)}>
        {label}
      </button>
    );
    return (
      <nav ref={this._nav} part="pages" aria-label={text('pages.label')}>
        {step(current - 1, text('pages.previous'))}
        {toShownNumbers(known).map((page, index) =>
          page === null ? (
            <span key={`gap ${index}`} aria-hidden="true">
              …
            </span>
          ) : (
            <button
              key={page}
              class="small"
              aria-current={page === current ? 'page' : undefined}
              aria-label={text('pages.number', { number: page + 1 })}
              onClick={() => this._go(page)}
            >
              {text('reviews.number', { count: page + 1 })}
            </button>
          ),
        )}
        {step(current + 1, text('pages.next'))}
      </nav>
    );
  }
}
