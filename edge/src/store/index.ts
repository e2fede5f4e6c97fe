/** The stores' public face: where answers may be kept. */
export { cacheApiBlobs, kvBlobs } from './blobs.ts';
export type { Blobs, KvNamespace } from './blobs.ts';
export { MemoryStore } from './memory.ts';
export { PersistentStore } from './persistent.ts';
export type { Entry, Purge, Selection, Store } from './store.ts';
export { TieredStore } from './tiered.ts';
