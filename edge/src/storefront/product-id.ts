import { PRODUCT_ID_MAX_LENGTH } from '@plaudit/contract';

/** Whether a text can be the id of a product. */
export const isProductId = (id: string): boolean =>
  id.length <= PRODUCT_ID_MAX_LENGTH && !id.includes('\0') && id.isWellFormed();
