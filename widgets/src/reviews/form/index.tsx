/** The form to write a review: one question after the other, usable by keyboard alone. */

import {
  isPlauditProblem,
  submitReview,
  withdrawReview,
  type CustomQuestion,
  type Review,
  type ReviewReceipt,
  type ReviewSubmission,
  type Settings,
} from '@plaudit/sdk';
import { Component, createRef, type ComponentChild } from 'preact';
import { form as messages } from '../../messages/en/form.ts';
import { createText, type Text } from '../../text.ts';
import { emit } from '../../emit.ts';
import type { PanelProps } from '../lazy-panel.tsx';
import type { ReviewList } from '../list.ts';
import { createIdempotencyKeys } from '../../idempotency-keys.ts';
import { openPatientShop, type Address } from '../../open-patient-shop.ts';
import { toStyleSheet } from '../../style-sheet.ts';
import { CustomField } from './custom-field.tsx';
import { TextField } from './text-field.tsx';
import { toReview } from './to-review.ts';
import { StarField } from './star-field.tsx';
import {
  addVariant,
  FIELDS,
  readAnswer,
  readSubmission,
  toFieldErrors,
  toFieldName,
  type FieldErrors,
} from './submission.ts';
import type { PhotoField } from './uploads/index.tsx';

export { default as css } from './form.css';

/** What the form needs of the widget that it stands in. */
export interface FormPlace extends Address {
  root: ShadowRoot;
  product: string;
  settings: Settings;
  /** Shows what was published at once, and no longer what was withdrawn. */
  setOwn?: ReviewList['setOwn'];
}

interface Props extends PanelProps, FormPlace {
  /** Whether the form stands by itself, and neither opens nor closes. */
  isAlone?: boolean;
  /** Stars that are chosen already. */
  rating?: number;
}

interface State {
  errors: FieldErrors;
  phase: 'writing' | 'sending' | 'failed' | 'refused' | Sent;
  /** Of what was sent, unless it was withdrawn. */
  receipt?: ReviewReceipt | undefined;
  /** How far its withdrawal has come. */
  withdrawal?: 'form.withdrawAsk' | 'form.sending' | 'form.notWithdrawn' | undefined;
  /** Comes in a chunk of its own; a review can be written and sent without it. */
  Photos?: typeof PhotoField;
}

/** What became of what was sent. */
type Sent = ReviewReceipt['status'] | 'withdrawn';

export type FormWords = Text<Extract<keyof typeof messages, string>>;

export class Panel extends Component<Props, State> {
  override state: State = { errors: {}, phase: 'writing' };
  readonly _text: FormWords = createText(messages, this.props.settings);
  readonly _region = createRef<HTMLDivElement>();
  _photos: PhotoField | null = null;
  readonly _keyOf = createIdempotencyKeys();

  override componentDidMount(): void {
    // Who opened it wants to write; who came to a page that has it may not.
    if (!this.props.isAlone) this._focus(HEADING);
    void this._addPhotos();
  }

  async _addPhotos(): Promise<void> {
    try {
      const { PhotoField: Photos, css } = await import('./uploads/index.tsx');
      const { root } = this.props;
      root.adoptedStyleSheets = [...root.adoptedStyleSheets, toStyleSheet(css)];
      this.setState({ Photos });
    } catch {
      // A review can be written without photos.
    }
  }

  readonly _connect = (photos: PhotoField | null): void => {
    this._photos = photos;
  };

  override componentDidUpdate({ isOpen }: Props, { phase, errors }: State): void {
    const { state, props } = this;
    const names = [...FIELDS, ...this._questions().map(toFieldName)];
    const firstWrong = names.find((field) => state.errors[field] !== undefined);
    if (firstWrong && state.errors !== errors) this._focus(`[name=${firstWrong}]`);
    else if (props.isOpen && !isOpen) this._focus(HEADING);
    else if (state.phase !== phase && isSent(state.phase)) this._focus(HEADING);
  }

  _questions(): readonly CustomQuestion[] {
    return this.props.settings.form?.questions ?? [];
  }

  _focus(selector: string): void {
    this._region.current?.querySelector<HTMLElement>(selector)?.focus();
  }

  readonly _submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (this.state.phase === 'sending') return;
    const form = event.currentTarget as HTMLFormElement;
    const errors = this._check(form);
    const isValid = Object.keys(errors).length === 0;
    this.setState({ errors, phase: isValid ? 'sending' : 'refused' });
    if (!isValid) return;
    const { root, settings } = this.props;
    const submission = readSubmission(new FormData(form), settings.locale, this._questions());
    // Read now: the visitor may have chosen another one since the form was opened.
    const variant = root.host.getAttribute('variant');
    void this._send(variant ? addVariant(submission, variant) : submission);
  };

  _check(form: HTMLFormElement): FieldErrors {
    const errors: FieldErrors = {};
    for (const input of form.querySelectorAll<HTMLInputElement>(':is(input,textarea):invalid')) {
      const name = input.name as keyof FieldErrors;
      errors[name] = this._text(whatIsWrong(name, input.validity));
    }
    const data = new FormData(form);
    for (const question of this._questions()) {
      // Several checkboxes cannot be required together, and blanks are no answer.
      if (question.required && readAnswer(data, question) === undefined) {
        errors[toFieldName(question)] = this._text('form.missing');
      }
    }
    return errors;
  }

  async _send(submission: ReviewSubmission): Promise<void> {
    const { product, settings } = this.props;
    const field = this._photos;
    const photos = field ? await field.finish() : [];
    if (!photos) return this.setState({ phase: 'refused' });
    if (photos.length > 0) submission.media = photos.map(({ id }) => id);
    const idempotencyKey = this._keyOf(submission);
    try {
      const receipt = await submitReview(openPatientShop(this.props), product, {
        ...submission,
        idempotencyKey,
        ...(settings.form?.consentText && { consentVersion: settings.version }),
      });
      this._tell(receipt, toReview(submission, photos, receipt.id, product));
    } catch (error) {
      const { media, ...errors } = isPlauditProblem(error) ? toFieldErrors(error.problem) : {};
      // Photos are kept for hours, a form may stay open for days.
      if (media) field?.restart();
      this.setState({ errors, phase: Object.keys(errors).length > 0 ? 'refused' : 'failed' });
    }
  }

  /** The visitor, the page and the list. */
  _tell(receipt: ReviewReceipt, review: Review): void {
    const { root, product, setOwn } = this.props;
    const { id, status } = receipt;
    const isPublished = status === 'published';
    this.setState({ phase: status, receipt });
    emit(root.host, 'submit', { product, id, isPublished });
    if (isPublished) void setOwn?.(review);
  }

  /** Asks once more before, because nothing brings it back. */
  readonly _withdraw = async (): Promise<void> => {
    const { root, product, setOwn } = this.props;
    const { withdrawal, receipt: { id = '', editSecret = '' } = {} } = this.state;
    if (withdrawal === 'form.sending') return;
    this.setState({ withdrawal: withdrawal ? 'form.sending' : 'form.withdrawAsk' });
    if (!withdrawal) return;
    try {
      await withdrawReview(openPatientShop(this.props), id, editSecret);
      this.setState({ phase: 'withdrawn', receipt: undefined, withdrawal: undefined });
      emit(root.host, 'withdraw', { product, id });
      void setOwn?.({ id });
    } catch {
      this.setState({ withdrawal: 'form.notWithdrawn' });
    }
  };

  readonly _close = (): void => {
    // What was sent can be withdrawn as long as the page is there.
    if (this.state.phase === 'withdrawn') this.setState({ phase: 'writing' });
    this.props.onClose();
  };

  override render({ isOpen }: Props, { phase }: State): ComponentChild {
    return (
      <div ref={this._region} part="form" hidden={!isOpen}>
        {isSent(phase) ? this._thanks(phase) : this._fields()}
      </div>
    );
  }

  _thanks(phase: Sent): ComponentChild {
    const { receipt, withdrawal } = this.state;
    return (
      <>
        {this._heading({}, this._text(`form.${phase}`))}
        <p role="alert">{withdrawal && this._text(withdrawal)}</p>
        <div class="actions">
          {this._closeButton('form.close')}
          {receipt?.editSecret && (
            <button part="withdraw" onClick={this._withdraw}>
              {this._text('form.withdraw')}
            </button>
          )}
        </div>
      </>
    );
  }

  _heading(attributes: { id?: string }, content: string): ComponentChild {
    const Level = this.props.isAlone ? 'h2' : 'h3';
    return (
      <Level {...attributes} tabIndex={-1}>
        {content}
      </Level>
    );
  }

  _closeButton(label: 'form.close' | 'form.cancel'): ComponentChild {
    return (
      !this.props.isAlone && (
        <button type="button" onClick={this._close}>
          {this._text(label)}
        </button>
      )
    );
  }

  _fields(): ComponentChild {
    const { errors, phase, Photos } = this.state;
    const { edge, appKey, settings, rating } = this.props;
    const text = this._text;
    return (
      <form noValidate onSubmit={this._submit} aria-labelledby="form-heading">
        {this._heading({ id: 'form-heading' }, text('form.heading'))}
        <StarField text={text} error={errors.rating} chosen={rating} />
        <TextField name="title" label={text('form.title')} error={errors.title} maxLength={200} />
        <TextField
          name="body"
          label={text('form.body')}
          error={errors.body}
          maxLength={10_000}
          kind="box"
        />
        <div class="field room">
          {Photos && <Photos {...{ edge, appKey, settings }} connect={this._connect} />}
        </div>
        <TextField
          name="videos"
          kind="url"
          label={text('form.video')}
          error={errors.videos}
          maxLength={2000}
          autocomplete="off"
        />
        {this._questions().map((question) => (
          <CustomField
            key={question.id}
            question={question}
            error={errors[toFieldName(question)]}
          />
        ))}
        <div class="pair">
          <TextField
            name="author"
            label={text('form.author')}
            hint={text('form.authorHint')}
            error={errors.author}
            maxLength={100}
            autocomplete="name"
            isRequired
          />
          <TextField
            name="email"
            kind="email"
            label={text('form.email')}
            hint={text('form.emailHint')}
            error={errors.email}
            maxLength={254}
            autocomplete="email"
            isRequired
          />
        </div>
        <div class="error" role="alert">
          {(phase === 'failed' || phase === 'refused') && text(`form.${phase}`)}
        </div>
        {settings.form?.consentText && <p class="quiet">{settings.form.consentText}</p>}
        <div class="actions">
          <button class="primary" aria-disabled={phase === 'sending'}>
            <span>{text(phase === 'sending' ? 'form.sending' : 'form.send')}</span>
          </button>
          {this._closeButton('form.cancel')}
        </div>
      </form>
    );
  }
}

const HEADING = ':is(h2,h3)';

function whatIsWrong(name: keyof FieldErrors, { valueMissing }: ValidityState) {
  if (name === 'rating') return 'form.ratingMissing';
  if (name === 'videos') return 'form.videoWrong';
  return valueMissing ? 'form.missing' : 'form.emailWrong';
}

const isSent = (phase: State['phase']): phase is Sent =>
  phase === 'published' || phase === 'pending' || phase === 'withdrawn';
