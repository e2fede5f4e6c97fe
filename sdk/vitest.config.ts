import { defineProject, type UserProjectConfigExport } from 'vitest/config';
import { widgetRenderer } from '../scripts/build-plugins.ts';

const config: UserProjectConfigExport = defineProject({
  plugins: [widgetRenderer()],
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'sdk',
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // How long a condition is waited for, not how soon it must come true: a busy machine is no failure.
    expect: { poll: { timeout: 20_000 } },
  },
});

export default config;
