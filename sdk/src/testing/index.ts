export { createTestServer } from './create-test-server.ts';
export type { Condition, TestServer } from './create-test-server.ts';
export type { ReceivedSubmission } from './accept-review.ts';
export type { TestReview, TestShop } from './test-shop.ts';
