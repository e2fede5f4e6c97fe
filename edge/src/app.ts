/** Every route of the edge on one screen. */
import { ASSETS_PREFIX, patterns, PURGE_PATH } from '@plaudit/contract';
import { Hono } from 'hono';
import { RegExpRouter } from 'hono/router/reg-exp-router';
import { TrieRouter } from 'hono/router/trie-router';
import { PrefixRouter } from './prefix-router.ts';
import { getAsset } from './routes/assets.ts';
import { addCompatSecrets } from './routes/compat-secret.ts';
import { addCompatWrites } from './routes/compat-write.ts';
import { addCompatReads } from './routes/compat.ts';
import type { Deps } from './routes/context.ts';
import { getLoader } from './routes/loader.ts';
import { proxy } from './routes/proxy.ts';
import { postPurgeNow, PURGE_NOW_PATH } from './routes/purge-now.ts';
import { getHealth } from './routes/health.ts';
import { postPurge } from './routes/purge.ts';
import { getRatings } from './routes/ratings.ts';
import { getReviewsCss } from './routes/reviews-css.ts';
import { getReviewsHtml } from './routes/reviews-html.ts';
import { getStructuredData } from './routes/structured-data.ts';
import {
  getPhoto,
  getProductQuestions,
  getProductReviews,
  getRatingShard,
  getSettings,
  getShopReviews,
  getProductTopics,
  getSiteReviews,
} from './routes/storefront-read.ts';
import {
  askQuestion,
  editReview,
  submitReview,
  submitSiteReview,
  uploadPhoto,
  voteOnAnswer,
  voteOnQuestion,
  voteOnReview,
  withdrawReview,
} from './routes/storefront-write.ts';
import { answer, problem } from './storefront/answers.ts';

/** Where the reads are that pages make by the million. */
const SHOPS = '/v1/shops/';

/** Storefront writes need no preflight; other clients of the same paths may send one. */
const PREFLIGHT = {
  'access-control-allow-headers': 'content-type, idempotency-key',
  'access-control-allow-methods': 'GET, HEAD, POST',
  'access-control-max-age': '86400',
};

const preflight = (): Response => answer(null, { status: 204, fields: PREFLIGHT });

export function createApp(deps: Deps): Hono {
  const app = new Hono({
    router: new PrefixRouter(SHOPS, new RegExpRouter(), new TrieRouter()),
  });

  app.get(patterns.ratings, getRatings(deps));
  app.get(patterns.ratingShard, getRatingShard(deps));
  app.get(patterns.productReviews, getProductReviews(deps));
  app.get(patterns.structuredData, getStructuredData(deps));
  app.get(patterns.reviewsHtml, getReviewsHtml(deps));
  app.get(patterns.reviewsStyles, getReviewsCss(deps));
  app.get(patterns.productQuestions, getProductQuestions(deps));
  app.get(patterns.productTopics, getProductTopics(deps));
  app.get(patterns.shopReviews, getShopReviews(deps));
  app.get(patterns.siteReviews, getSiteReviews(deps));
  app.get(patterns.settings, getSettings(deps));
  app.get(patterns.mediaRendition, getPhoto(deps));
  app.post(patterns.mediaUpload, uploadPhoto(deps));
  app.post(patterns.productReviews, submitReview(deps));
  app.post(patterns.siteReviews, submitSiteReview(deps));
  app.post(patterns.productQuestions, askQuestion(deps));
  app.post(patterns.review, editReview(deps));
  app.post(patterns.reviewWithdrawal, withdrawReview(deps));
  app.post(patterns.reviewVotes, voteOnReview(deps));
  app.post(patterns.questionVotes, voteOnQuestion(deps));
  app.post(patterns.answerVotes, voteOnAnswer(deps));

  // A proxied site may mean something else by these.
  if (!deps.config.isProxy) {
    addCompatReads(app, deps, preflight);
    addCompatWrites(app, deps, preflight);
    addCompatSecrets(app, deps);
    app.on('GET', [...patterns.adoptingLoaders], getLoader(deps, ['yotpo']));
  }

  app.get(`${ASSETS_PREFIX}:name`, getAsset(deps));
  app.get(patterns.loader, getLoader(deps));

  app.post(PURGE_PATH, postPurge(deps));
  app.post(PURGE_NOW_PATH, postPurgeNow(deps));
  app.get('/healthz', getHealth(deps));
  app.options('/v1/*', preflight);

  app.notFound(deps.config.isProxy ? proxy(deps) : () => problem('not-found'));
  app.onError(() => problem('internal'));
  return app;
}
