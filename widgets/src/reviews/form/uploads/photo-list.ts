/** The photos of one review: prepared one after the other, sent one after the other, sent again when asked. */

import type { MediaReceipt } from '@plaudit/sdk';
import { BYTES_MAX, isPhoto, PHOTOS_MAX, type Fault } from './limits.ts';
import type { Prepared } from './prepare.ts';
import type { Outcome } from './send.ts';

export interface Photo {
  readonly key: number;
  readonly name: string;
  readonly phase: 'waiting' | 'sending' | 'sent' | 'failed';
  /** How much has gone, from 0 to 1; 0 as long as that is not known. */
  readonly progress: number;
  readonly preview?: HTMLCanvasElement | undefined;
  readonly receipt?: MediaReceipt;
}

/** What was left out and why. */
export type Notice = { fault: Fault; name: string } | { fault: 'tooMany' };

export interface PhotoListState {
  readonly photos: readonly Photo[];
  readonly notices: readonly Notice[];
}

/** What the list needs of the browser. */
export interface Tools {
  prepare: (file: File) => Promise<Prepared>;
  send: (
    photo: Blob,
    signal: AbortSignal,
    onProgress: (progress: number) => void,
  ) => Promise<Outcome>;
}

export interface PhotoList {
  add: (files: Iterable<File>) => void;
  remove: (key: number) => void;
  /** Sends once more what was not sent. */
  retry: (key: number) => void;
  /** For receipts that the server has forgotten: sends everything once more. */
  restart: () => void;
  /** Waits for what is under way; nothing when a photo has failed. */
  finish: () => Promise<MediaReceipt[] | undefined>;
  /** Gives everything up. */
  stop: () => void;
}

export function createPhotoList(
  { prepare, send }: Tools,
  onChange: (state: PhotoListState) => void,
): PhotoList {
  let state: PhotoListState = { photos: [], notices: [] };
  let lastKey = 0;
  let preparing: Promise<unknown> = Promise.resolve();
  let sending: Promise<void> = Promise.resolve();
  const prepared = new Map<number, Promise<Prepared>>();
  const controllers = new Map<number, AbortController>();

  const set = (changes: Partial<PhotoListState>): void => {
    state = { ...state, ...changes };
    onChange(state);
  };
  const change = (key: number, changes: Partial<Photo>): void =>
    set({
      photos: state.photos.map((photo) => (photo.key === key ? { ...photo, ...changes } : photo)),
    });
  const drop = (key: number, notices: readonly Notice[]): void => {
    controllers.get(key)?.abort();
    prepared.delete(key);
    set({ photos: state.photos.filter((photo) => photo.key !== key), notices });
  };
  const refuse = ({ key, name }: Photo, fault: Fault): void =>
    drop(key, [...state.notices, { fault, name }]);
  const find = (key: number): Photo | undefined => state.photos.find((photo) => photo.key === key);

  const upload = async (key: number): Promise<void> => {
    const made = await prepared.get(key);
    const photo = find(key);
    if (!photo || !made) return;
    if (made.upload.size > BYTES_MAX) return refuse(photo, 'tooLarge');
    const controller = new AbortController();
    controllers.set(key, controller);
    change(key, { phase: 'sending' });
    const outcome = await send(made.upload, controller.signal, (progress) =>
      change(key, { progress }),
    );
    if (!find(key)) return undefined;
    if (outcome === 'failed') return change(key, { phase: 'failed' });
    if (typeof outcome === 'string') return refuse(photo, outcome);
    return change(key, { phase: 'sent', receipt: outcome });
  };
  const start = (key: number): void => {
    change(key, { phase: 'waiting', progress: 0 });
    sending = sending.then(() => upload(key));
  };
  const startAll = (phase: Photo['phase']): void => {
    for (const photo of state.photos) if (photo.phase === phase) start(photo.key);
  };

  return {
    add(files) {
      const notices: Notice[] = [];
      const room = PHOTOS_MAX - state.photos.length;
      const taken = [...files].filter((file) => {
        const isFit = isPhoto(file);
        if (!isFit) notices.push({ fault: 'wrongType', name: file.name });
        return isFit;
      });
      if (taken.length > room) notices.push({ fault: 'tooMany' });
      set({ notices });
      for (const file of taken.slice(0, room)) {
        const key = ++lastKey;
        const made = preparing.then(() => prepare(file)).catch(() => ({ upload: file }));
        preparing = made.then(({ preview }: Prepared) => change(key, { preview }));
        prepared.set(key, made);
        const photo: Photo = { key, name: file.name, phase: 'waiting', progress: 0 };
        set({ photos: [...state.photos, photo] });
        start(key);
      }
    },
    remove: (key) => drop(key, []),
    retry: start,
    restart: () => startAll('sent'),
    async finish() {
      // More may have been added while the last ones were sent.
      for (let last; last !== sending;) await (last = sending);
      const receipts = state.photos.flatMap(({ receipt, phase }) =>
        receipt && phase === 'sent' ? [receipt] : [],
      );
      return receipts.length === state.photos.length ? receipts : undefined;
    },
    stop() {
      for (const controller of controllers.values()) controller.abort();
    },
  };
}
