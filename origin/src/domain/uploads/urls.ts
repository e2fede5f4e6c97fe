import { mediaRenditionPath } from '@plaudit/contract';
import type { Context } from '../context.ts';

/** Where a photo is to be seen, large and small. */
export const uploadUrls = ({ edgeUrl = '' }: Context, appKey: string, id: string) => ({
  url: edgeUrl + mediaRenditionPath(appKey, id, 'large'),
  thumbnailUrl: edgeUrl + mediaRenditionPath(appKey, id, 'small'),
});
