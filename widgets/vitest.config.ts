import { defineProject } from 'vitest/config';
import { widgetRenderer } from '../scripts/build-plugins.ts';

export default defineProject({
  plugins: [widgetRenderer()],
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'widgets',
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    globalSetup: ['test/build.ts'],
    // Two cores, one Chromium: files that run side by side only slow each other down.
    fileParallelism: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // How long a condition is waited for, not how soon it must come true: a busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
  },
});
