import { askQuestion } from './operations/ask-question.ts';
import { castVote } from './operations/cast-vote.ts';
import { editReview } from './operations/edit-review.ts';
import { readProductReviews } from './operations/read-product-reviews.ts';
import { readQuestions } from './operations/read-questions.ts';
import { readRatings } from './operations/read-ratings.ts';
import { readSettings } from './operations/read-settings.ts';
import { readShopReviews } from './operations/read-shop-reviews.ts';
import { readSiteReviews } from './operations/read-site-reviews.ts';
import { readTopics } from './operations/read-topics.ts';
import { submitReview } from './operations/submit-review.ts';
import { submitSiteReview } from './operations/submit-site-review.ts';
import { uploadPhoto } from './operations/upload-photo.ts';
import { withdrawReview } from './operations/withdraw-review.ts';
import { openShop, type Shop, type ShopOptions } from './shop.ts';

type WithoutShop<Operation> = Operation extends (shop: Shop, ...rest: infer Rest) => infer Result
  ? (...rest: Rest) => Result
  : never;

/** All operations on one shop. */
export interface Client {
  ratings: WithoutShop<typeof readRatings>;
  productReviews: WithoutShop<typeof readProductReviews>;
  shopReviews: WithoutShop<typeof readShopReviews>;
  siteReviews: WithoutShop<typeof readSiteReviews>;
  topics: WithoutShop<typeof readTopics>;
  settings: WithoutShop<typeof readSettings>;
  submitReview: WithoutShop<typeof submitReview>;
  submitSiteReview: WithoutShop<typeof submitSiteReview>;
  editReview: WithoutShop<typeof editReview>;
  withdrawReview: WithoutShop<typeof withdrawReview>;
  questions: WithoutShop<typeof readQuestions>;
  askQuestion: WithoutShop<typeof askQuestion>;
  vote: WithoutShop<typeof castVote>;
  uploadPhoto: WithoutShop<typeof uploadPhoto>;
}

/** Binds every operation to one shop: the convenient form where bytes do not matter. */
export function createClient(options: ShopOptions): Client {
  const shop = openShop(options);
  return {
    ratings: (...rest) => readRatings(shop, ...rest),
    productReviews: (...rest) => readProductReviews(shop, ...rest),
    shopReviews: (...rest) => readShopReviews(shop, ...rest),
    siteReviews: (...rest) => readSiteReviews(shop, ...rest),
    topics: (...rest) => readTopics(shop, ...rest),
    settings: (...rest) => readSettings(shop, ...rest),
    submitReview: (...rest) => submitReview(shop, ...rest),
    submitSiteReview: (...rest) => submitSiteReview(shop, ...rest),
    editReview: (...rest) => editReview(shop, ...rest),
    withdrawReview: (...rest) => withdrawReview(shop, ...rest),
    questions: (...rest) => readQuestions(shop, ...rest),
    askQuestion: (...rest) => askQuestion(shop, ...rest),
    vote: (...rest) => castVote(shop, ...rest),
    uploadPhoto: (...rest) => uploadPhoto(shop, ...rest),
  };
}
