/** Photos for a review: chosen, dropped or pasted, and sent while the rest of the form is written. */

import type { MediaReceipt, Settings } from '@plaudit/sdk';
import { Component, createRef, type ComponentChild } from 'preact';
import { uploads as messages } from '../../../messages/en/uploads.ts';
import type { Address } from '../../../open-patient-shop.ts';
import { createText, type Text } from '../../../text.ts';
import { MEGABYTES_MAX, PHOTOS_MAX } from './limits.ts';
import { PhotoItem } from './photo-item.tsx';
import { createPhotoList, type Notice, type PhotoListState } from './photo-list.ts';
import { prepare } from './prepare.ts';
import { send } from './send.ts';

export { default as css } from './uploads.css';

interface Props extends Address {
  settings: Settings;
  /** Told who has the photos, as long as somebody has. */
  connect: (field: PhotoField | null) => void;
}

export type UploadWords = Text<Extract<keyof typeof messages, string>>;

export class PhotoField extends Component<Props, PhotoListState> {
  override state: PhotoListState = { photos: [], notices: [] };
  readonly _text: UploadWords = createText(messages, this.props.settings);
  readonly _input = createRef<HTMLInputElement>();
  readonly _listening = new AbortController();
  readonly _list = createPhotoList(
    { prepare, send: (...photo) => send(this.props, ...photo) },
    (state) => this.setState(state),
  );

  override componentDidMount(): void {
    this.props.connect(this);
    const { signal } = this._listening;
    const form = this._input.current?.closest('form');
    form?.addEventListener('paste', this._paste, { signal });
    // Beside the field too: the browser would leave the page and show the file.
    form?.addEventListener('dragover', this._drag, { signal });
    form?.addEventListener('drop', this._drop, { signal });
    addEventListener('online', this._retryAll, { signal });
  }

  override componentWillUnmount(): void {
    this.props.connect(null);
    this._listening.abort();
    this._list.stop();
  }

  /** Waits for the photos; nothing when one is not there and cannot be sent without its writer. */
  async finish(): Promise<MediaReceipt[] | undefined> {
    const receipts = await this._list.finish();
    if (!receipts) {
      const root = this._input.current?.getRootNode() as ShadowRoot;
      root.querySelector<HTMLElement>('.photo .link')?.focus();
    }
    return receipts;
  }

  /** For receipts that the server has forgotten. */
  restart(): void {
    this._list.restart();
  }

  readonly _choose = ({ currentTarget }: Event): void => {
    const input = currentTarget as HTMLInputElement;
    this._list.add(input.files ?? []);
    // The same file can be chosen again.
    input.value = '';
  };

  readonly _paste = (event: ClipboardEvent): void => {
    // Office programs copy a picture of the text along with it.
    const { files, types } = event.clipboardData ?? new DataTransfer();
    if (files.length === 0 || types.includes('text/plain')) return;
    event.preventDefault();
    this._list.add(files);
  };

  readonly _drag = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  };

  readonly _drop = (event: DragEvent): void => {
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    this._list.add(files);
  };

  _remove(key: number): void {
    this._list.remove(key);
    // The button that had the focus is gone with its photo.
    this._input.current?.focus();
  }

  readonly _retryAll = (): void => {
    for (const { key, phase } of this.state.photos) if (phase === 'failed') this._list.retry(key);
  };

  override render(_: Props, { photos, notices }: PhotoListState): ComponentChild {
    const text = this._text;
    const limits = { number: PHOTOS_MAX, size: MEGABYTES_MAX };
    const sent = photos.filter(({ phase }) => phase === 'sent').length;
    const toMessage = (notice: Notice): string =>
      text(`uploads.${notice.fault}`, { ...limits, ...notice });
    return (
      <>
        <label class="add">
          <span>{text('uploads.add')}</span>
          <input
            ref={this._input}
            type="file"
            accept="image/*"
            multiple
            aria-describedby="photo-hint"
            onChange={this._choose}
          />
        </label>
        <span id="photo-hint" class="quiet">
          {text('uploads.hint', limits)}
        </span>
        <div class="error" role="alert">
          {notices.map((notice) => (
            <p>{toMessage(notice)}</p>
          ))}
        </div>
        <ul role="list" class="photos">
          {photos.map((photo) => (
            <PhotoItem
              key={photo.key}
              photo={photo}
              text={text}
              onRetry={() => this._list.retry(photo.key)}
              onRemove={() => this._remove(photo.key)}
            />
          ))}
        </ul>
        <p class="quiet" role="status">
          {photos.length > 0 && text('uploads.status', { number: sent, total: photos.length })}
        </p>
      </>
    );
  }
}
