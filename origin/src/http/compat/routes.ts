/** The reads of Yotpo's public API, for themes and apps that were written for it. */
import { Hono } from 'hono';
import type { Context } from '../../domain/context.ts';
import { addImageReads } from './images.ts';
import { addLongReviewReads } from './long-reviews.ts';
import { addProductReads } from './products.ts';
import { addQuestionReads } from './questions.ts';
import { addRatingReads } from './ratings.ts';
import { addReviewReads } from './reviews.ts';
import { addV3ProductReads } from './v3-product.ts';
import { addV3RatingReads } from './v3-ratings.ts';
import { addV3Reads } from './v3-reviews.ts';

/** The routes; what they answer is the clients' to say, so none of it is in our contract. */
export function compat(domain: Context): Hono {
  const app = new Hono();
  const reads = [
    addRatingReads,
    addProductReads,
    addQuestionReads,
    addReviewReads,
    addLongReviewReads,
    addImageReads,
    addV3Reads,
    addV3RatingReads,
    addV3ProductReads,
  ];
  for (const add of reads) add(app, domain);
  return app;
}
