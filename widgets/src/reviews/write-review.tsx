/** The button that opens the form, and the place it opens in. The form's code comes on the first click. */

import type { Review, Settings, Shop } from '@plaudit/sdk';
import { Component, createRef, type ComponentChild, type ComponentType } from 'preact';
import type { FormProps } from './form/index.tsx';
import type { Words } from './words.ts';

interface Props {
  shop: Shop;
  product: string;
  settings: Settings;
  text: Words;
  /** Called with the review, and with its id once it is published. */
  onSent: (review: Review, isPublished: boolean) => void;
  adoptCss: (css: string) => void;
}

interface State {
  isOpen: boolean;
  hasFailed: boolean;
  /** Kept, with all that was written in it, when the form is closed. */
  Form?: ComponentType<FormProps>;
}

export class WriteReview extends Component<Props, State> {
  override state: State = { isOpen: false, hasFailed: false };
  readonly _button = createRef<HTMLButtonElement>();

  readonly _toggle = async (): Promise<void> => {
    if (this.state.isOpen) {
      this.setState({ isOpen: false });
      this._button.current?.focus();
      return;
    }
    try {
      const { Form, css } = await import('./form/index.tsx');
      if (!this.state.Form) this.props.adoptCss(css);
      this.setState({ Form, isOpen: true, hasFailed: false });
    } catch {
      this.setState({ hasFailed: true });
    }
  };

  override render(
    { shop, product, settings, text, onSent }: Props,
    { isOpen, hasFailed, Form }: State,
  ): ComponentChild {
    return (
      <>
        <button
          ref={this._button}
          class="primary"
          part="write"
          aria-expanded={isOpen}
          onClick={this._toggle}
        >
          <span>{text('reviews.write')}</span>
        </button>
        {hasFailed && (
          <p class="message" role="alert">
            {text('reviews.formFailed')}
          </p>
        )}
        {Form && (
          <Form
            shop={shop}
            product={product}
            settings={settings}
            isOpen={isOpen}
            onSent={onSent}
            onClose={this._toggle}
          />
        )}
      </>
    );
  }
}
