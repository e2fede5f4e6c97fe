/** Where Yotpo's clients send what is no read from the cache. */

/** A review by GET too, with the fields in the address. */
export const CREATE_PATH = '/reviews/dynamic_create';

/** Forms; the shop stands in the body. */
export const FORM_PATHS: readonly string[] = [
  '/v1/widget/reviews',
  CREATE_PATH,
  '/questions/send_confirmation_mail',
];

const VOTE = '/:kind{reviews|answers}/:id{[0-9]{1,15}}/vote/:direction{up|down}';
/** Votes, by GET and POST; the last part takes one back. */
export const VOTE_PATTERNS: readonly string[] = [VOTE, `${VOTE}/:undo{true}`];

/** What thank-you pages ask for. */
export const PIXEL_PATH = '/conversion_tracking.gif';

/** What a shop's own servers send, with the shop's token and by any method. */
export const SECRET_PATTERNS: readonly string[] = [
  '/oauth/token',
  '/oauth/validate_token',
  '/core/v3/*',
  '/v1/apps/:appKey/reviews',
  '/v1/apps/:appKey/:sku/reviews',
  '/apps/:appKey/purchases',
  '/apps/:appKey/purchases/*',
  '/reviews/:reviewId{[0-9]{1,15}}/comments',
  '/reviews/:reviewId{[0-9]{1,15}}/comments/:commentId{[0-9]{1,15}}',
  '/questions/:questionId{[0-9]{1,15}}/answers',
];
