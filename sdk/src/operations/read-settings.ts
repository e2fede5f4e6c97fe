import { settingsPath, type Settings } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** The shop's look, texts, layout and language. */
export const readSettings = ({ appKey, request }: Shop, options?: CallOptions): Promise<Settings> =>
  request(settingsPath(appKey), options);
