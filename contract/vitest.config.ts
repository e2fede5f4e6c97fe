import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'contract',
    include: ['src/**/*.test.ts'],
    // How long a test may take is no bound on how soon: a busy machine is no failure.
    testTimeout: 30_000,
  },
});
