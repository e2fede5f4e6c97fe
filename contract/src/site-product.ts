/**
 * The product that reviews of the shop itself are written under. No product of a shop can be called
 * that, so that elements and paths can name it where they name a product.
 */
export const SITE_PRODUCT_ID = '@site';
