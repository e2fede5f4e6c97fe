/** A button and what it opens, whose code comes on the first click only. */

import { Component, createRef, type ComponentChild, type ComponentType } from 'preact';
import type { Words } from './words.ts';

/** What every panel is given besides its own properties. */
export interface PanelProps {
  /** A closed panel is only hidden: it keeps what was written in it. */
  isOpen: boolean;
  onClose: () => void;
}

interface Props<Own> {
  /** `primary` for the one button that should stand out. */
  class: string;
  part: string;
  label: string;
  text: Words;
  load: () => Promise<{ Panel: ComponentType<Own & PanelProps>; css: string }>;
  adoptCss: (css: string) => void;
  /** The panel's own properties. */
  own: Own;
}

interface State<Own> {
  isOpen: boolean;
  hasFailed: boolean;
  Panel?: ComponentType<Own & PanelProps>;
}

export class LazyPanel<Own extends object> extends Component<Props<Own>, State<Own>> {
  override state: State<Own> = { isOpen: false, hasFailed: false };
  readonly _button = createRef<HTMLButtonElement>();

  readonly _toggle = async (): Promise<void> => {
    const { Panel: loaded, isOpen } = this.state;
    if (loaded) {
      this.setState({ isOpen: !isOpen });
      if (isOpen) this._button.current?.focus();
      return;
    }
    try {
      const { Panel, css } = await this.props.load();
      if (!this.state.Panel) this.props.adoptCss(css);
      this.setState({ Panel, isOpen: true, hasFailed: false });
    } catch {
      this.setState({ hasFailed: true });
    }
  };

  override render(props: Props<Own>, { isOpen, hasFailed, Panel }: State<Own>): ComponentChild {
    return (
      <>
        <button
          ref={this._button}
          class={props.class}
          part={props.part}
          aria-expanded={isOpen}
          onClick={this._toggle}
        >
          <span>{props.label}</span>
        </button>
        {hasFailed && (
          <p class="message" role="alert">
            {props.text('reviews.partFailed')}
          </p>
        )}
        {Panel && <Panel {...props.own} isOpen={isOpen} onClose={this._toggle} />}
      </>
    );
  }
}
