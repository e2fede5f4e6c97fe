import { defineProject } from 'vitest/config';

/** The whole line: real processes, a real browser. One file at a time, since each starts a stack. */
export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'e2e',
    include: ['*.test.ts'],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // How long a condition is waited for, not how soon it must come true: a busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
  },
});
