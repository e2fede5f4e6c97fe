export { INCENTIVES, VARIANT_MAX_LENGTH, VARIANT_QUESTION } from './review.ts';
export type {
  AnswerValue,
  Helpful,
  Incentive,
  Media,
  MediaReceipt,
  Rating,
  Reply,
  Review,
  ReviewAnswer,
  ReviewEdit,
  ReviewReceipt,
  ReviewStatus,
  ReviewSubmission,
  ReviewWithdrawal,
  Translation,
} from './review.ts';
export type {
  Answer,
  Question,
  QuestionPage,
  QuestionQuery,
  QuestionReceipt,
  QuestionSubmission,
} from './question.ts';
export type { ProductTopic, ProductTopics, TopicQuote } from './topic.ts';
export type { Vote, VoteReceipt, VoteSubmission } from './vote.ts';
export type {
  FacetCount,
  Histogram,
  ProductRating,
  Ratings,
  RatingStatistics,
  RatingSummary,
  ReviewFacets,
  ReviewPage,
  ScaleAverage,
} from './rating-summary.ts';
export { toStatistics } from './rating-summary.ts';
export { ADOPTED_PRODUCTS, ADOPTING_WIDGETS, DEFAULT_SETTINGS } from './settings.ts';
export type {
  AdoptedProduct,
  Adoption,
  AdoptingSettings,
  AdoptingWidget,
  BakedSettings,
  CarryingSettings,
  CustomQuestion,
  Layout,
  Look,
  ReviewForm,
  Settings,
} from './settings.ts';
export { chooseLanguage } from './language.ts';
export { PROBLEM_MEDIA_TYPE, toProblem } from './problem.ts';
export type { FieldError, Problem, ProblemName } from './problem.ts';
export * from './paths.ts';
export { SITE_PRODUCT_ID } from './site-product.ts';
export * from './tags.ts';
export {
  CLIENT_ADDRESS_FIELD,
  CLIENT_ADDRESS_PROOF_FIELD,
  isClientAddressProven,
  proveClientAddress,
} from './client-address.ts';
export { fnv1a } from './hash.ts';
export { RATING_SHARD_COUNT, ratingShardOf } from './rating-shards.ts';
export {
  FACET_TEXT_MAX_LENGTH,
  parseQuestionQuery,
  parseRatingIds,
  parseReviewQuery,
  PRODUCT_ID_MAX_LENGTH,
  QUESTION_PARAMETERS,
  REVIEW_LIMIT_DEFAULT,
  REVIEW_LIMIT_MAX,
  REVIEW_PARAMETERS,
  REVIEW_SORTS,
  SEARCH_TEXT_MAX_LENGTH,
  toQuestionSearch,
  toReviewSearch,
} from './list-query.ts';
export type { Parsed, ReviewQuery, ReviewSort } from './list-query.ts';
export {
  isPurgeSigned,
  PURGE_SIGNATURE_FIELD,
  PURGE_TAGS_MAX,
  PURGE_TIMESTAMP_FIELD,
  PURGE_WINDOW_SECONDS,
  signPurge,
} from './purge.ts';
export type { PurgeRequest } from './purge.ts';
