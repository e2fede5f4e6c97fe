import type { Entry, Store } from './store.ts';

/** Keeps nothing: for where another cache stands in front and keeps everything. */
export class NoStore implements Store {
  get(): readonly Entry[] {
    return [];
  }

  put(): void {}

  delete(): void {}

  purge(): number {
    return 0;
  }
}
