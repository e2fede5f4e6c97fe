export { createTestServer } from './create-test-server.ts';
export type { Condition, TestServer } from './create-test-server.ts';
export type {
  ReceivedPhoto,
  ReceivedQuestion,
  ReceivedSubmission,
  ReceivedVote,
} from './received.ts';
export type { TestAnswer, TestQuestion, TestReview, TestShop } from './test-shop.ts';
