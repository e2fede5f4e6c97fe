export { createClient } from './client.ts';
export type { Client } from './client.ts';
export { openShop } from './shop.ts';
export type { Shop, ShopOptions } from './shop.ts';
export { askQuestion } from './operations/ask-question.ts';
export { castVote } from './operations/cast-vote.ts';
export type { VoteSubject } from './operations/cast-vote.ts';
export { editReview } from './operations/edit-review.ts';
export { readProductReviews } from './operations/read-product-reviews.ts';
export { readQuestions } from './operations/read-questions.ts';
export { readRatings } from './operations/read-ratings.ts';
export { readSettings } from './operations/read-settings.ts';
export { readShopReviews } from './operations/read-shop-reviews.ts';
export { readSiteReviews } from './operations/read-site-reviews.ts';
export { readTopics } from './operations/read-topics.ts';
export { submitReview } from './operations/submit-review.ts';
export { submitSiteReview } from './operations/submit-site-review.ts';
export { uploadPhoto } from './operations/upload-photo.ts';
export { withdrawReview } from './operations/withdraw-review.ts';
export { createRequest } from './request.ts';
export type { Call, CallOptions, Request } from './request.ts';
export { withPatience } from './patience.ts';
export type { Clock } from './patience.ts';
export { VARIANT_QUESTION } from './variant-question.ts';
export { isPlauditProblem, PlauditNetworkError, PlauditProblem } from './errors.ts';
export type {
  PlauditElements,
  PlauditEvents,
  PlauditVueComponents,
  PlauditVueElements,
} from './elements.ts';
export type {
  Answer,
  AnswerValue,
  CustomQuestion,
  FacetCount,
  FieldError,
  Helpful,
  Histogram,
  Layout,
  Look,
  Media,
  MediaReceipt,
  Problem,
  ProductRating,
  ProductTopic,
  ProductTopics,
  Question,
  QuestionPage,
  QuestionQuery,
  QuestionReceipt,
  QuestionSubmission,
  Rating,
  RatingStatistics,
  RatingSummary,
  Reply,
  Review,
  ReviewAnswer,
  ReviewEdit,
  ReviewFacets,
  ReviewForm,
  ReviewPage,
  ReviewQuery,
  ReviewReceipt,
  ReviewSort,
  ReviewSubmission,
  ReviewWithdrawal,
  ScaleAverage,
  Settings,
  TopicQuote,
  Vote,
  VoteReceipt,
  VoteSubmission,
  Translation,
} from '@plaudit/contract';
// Missing on purpose: anything that runs on import, and the purge and management calls, which need
// a secret and so have no place in a page.
