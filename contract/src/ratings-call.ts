/**
 * The one call that the script makes by itself which a shop pastes. It shares nothing with the others, so
 * that none of them comes with it.
 */

/** Most products one ratings call may name. */
export const RATINGS_IDS_MAX = 250;

/** Ratings of up to 250 products, named in `?ids=`. */
export const ratingsPath = (appKey: string): string =>
  `/v1/shops/${encodeURIComponent(appKey)}/ratings`;
