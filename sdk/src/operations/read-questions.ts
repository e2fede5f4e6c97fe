import {
  productQuestionsPath,
  toQuestionSearch,
  type QuestionPage,
  type QuestionQuery,
} from '@plaudit/contract';
import type { CallOptions } from '../request.ts';
import type { Shop } from '../shop.ts';

/** A page of the questions about one product, each with its answers; an unknown product has none. */
export const readQuestions = (
  { appKey, request }: Shop,
  productId: string,
  query: QuestionQuery = {},
  options?: CallOptions,
): Promise<QuestionPage> =>
  request(productQuestionsPath(appKey, productId) + toQuestionSearch(query), options);
