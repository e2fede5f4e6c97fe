/** Reviews of the shop itself belong to a product that no shop can have: its id is empty. */
export const SITE_PRODUCT = '';

/** What files, and clients written for Yotpo, call it. */
export const SITE_NAME = 'yotpo_site_reviews';
