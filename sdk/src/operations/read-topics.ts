import { productTopicsPath, type ProductTopics } from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** What many reviewers of a product talk about, with quotes; nothing where reviews are few. */
export const readTopics = (
  { appKey, request }: Shop,
  productId: string,
  options?: CallOptions,
): Promise<ProductTopics> => request(productTopicsPath(appKey, productId), options);
