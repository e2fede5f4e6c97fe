import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import * as paths from './paths.ts';

/** A router's view of a path: its parameters, decoded, or undefined where the pattern does not fit. */
function match(pattern: string, path: string): Record<string, string> | undefined {
  const keys: string[] = [];
  const source = pattern.replace(/:(\w+)(\{[^}]+\})?/g, (_all, key: string) => {
    keys.push(key);
    return '([^/]+)';
  });
  const found = new RegExp(`^${source}$`).exec(path);
  return found
    ? Object.fromEntries(
        keys.map((key, index) => [key, decodeURIComponent(found[index + 1] ?? '')]),
      )
    : undefined;
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });

test('every path fits its pattern and gives back the very ids it was made of', () => {
  fc.assert(
    fc.property(text, text, (appKey, productId) => {
      const { patterns } = paths;
      expect(match(patterns.ratings, paths.ratingsPath(appKey))).toEqual({ appKey });
      expect(match(patterns.ratingShard, paths.ratingShardPath(appKey, 3))).toEqual({
        appKey,
        shard: '3',
      });
      expect(match(patterns.productReviews, paths.productReviewsPath(appKey, productId))).toEqual({
        appKey,
        productId,
      });
      expect(match(patterns.structuredData, paths.structuredDataPath(appKey, productId))).toEqual({
        appKey,
        productId,
      });
      expect(match(patterns.reviewsHtml, paths.reviewsHtmlPath(appKey, productId))).toEqual({
        appKey,
        productId,
      });
      expect(match(patterns.reviewsStyles, paths.reviewsStylesPath(appKey))).toEqual({ appKey });
      expect(match(patterns.siteReviews, paths.siteReviewsPath(appKey))).toEqual({ appKey });
      expect(match(patterns.shopReviews, paths.shopReviewsPath(appKey))).toEqual({ appKey });
      expect(
        match(patterns.productQuestions, paths.productQuestionsPath(appKey, productId)),
      ).toEqual({ appKey, productId });
      expect(match(patterns.productTopics, paths.productTopicsPath(appKey, productId))).toEqual({
        appKey,
        productId,
      });
      const id = productId;
      expect(match(patterns.review, paths.reviewPath(appKey, id))).toEqual({
        appKey,
        reviewId: id,
      });
      expect(match(patterns.reviewVotes, paths.reviewVotesPath(appKey, id))).toEqual({
        appKey,
        reviewId: id,
      });
      expect(match(patterns.questionVotes, paths.questionVotesPath(appKey, id))).toEqual({
        appKey,
        questionId: id,
      });
      expect(match(patterns.answerVotes, paths.answerVotesPath(appKey, id))).toEqual({
        appKey,
        answerId: id,
      });
      expect(match(patterns.mediaUpload, paths.mediaUploadPath(appKey))).toEqual({ appKey });
      expect(match(patterns.settings, paths.settingsPath(appKey))).toEqual({ appKey });
      patterns.adoptingLoaders.forEach((pattern, index) => {
        const path = paths.adoptingLoaderPaths(appKey)[index] ?? '';
        expect(match(pattern, path)).toEqual({ appKey });
      });
      expect(match(patterns.loader, paths.loaderPath(appKey))).toEqual({ appKey });
    }),
  );
});

test('the shop itself is a product to the paths of reviews', () => {
  expect(paths.productReviewsPath('demo', '@site')).toBe(paths.siteReviewsPath('demo'));
});
