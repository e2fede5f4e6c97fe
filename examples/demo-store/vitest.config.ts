import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'demo-store',
    include: ['src/**/*.test.ts'],
    // A busy machine is no failure: what a test waits for is a condition, never a time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
