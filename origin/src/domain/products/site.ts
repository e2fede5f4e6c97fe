import { SITE_PRODUCT_ID } from '@plaudit/contract';

/** Reviews of the shop itself belong to a product that no shop can have: its id is empty. */
export const SITE_PRODUCT = '';

/** What files, and clients written for Yotpo, call it. */
export const SITE_NAME = 'yotpo_site_reviews';

/** Why no product of a shop can be called so: pages name the shop itself by it. */
export const RESERVED_ID = `"${SITE_PRODUCT_ID}" is no product: it stands for the shop itself.`;
