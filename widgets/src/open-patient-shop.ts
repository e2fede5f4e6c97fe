import { openShop, type Shop } from '@plaudit/sdk';
import type { ChunkPlace } from './lazy-view.ts';

/** Where a place's calls go. */
export type Address = Pick<ChunkPlace, 'edge' | 'appKey'>;

/** The shop with deadlines and new tries, which no visitor's cookies ever reach. */
export const openPatientShop = ({ edge, appKey }: Address): Shop =>
  openShop({ edge, appKey, fetch: (url, init) => fetch(url, { ...init, credentials: 'omit' }) });
