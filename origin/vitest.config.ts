import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'origin',
    include: ['src/**/*.test.ts'],
    globalSetup: ['test/embedded-template.ts'],
    // Real databases and real processes, on machines that are busy with other things.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // How long a condition is waited for, not how soon it must come true: a busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
  },
});
