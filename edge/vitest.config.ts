import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineProject } from 'vitest/config';

/** Inside workerd, as the code will run; the built Worker has its own suite in `built/`. */
export default defineProject({
  plugins: [
    cloudflareTest({
      main: './test/main.ts',
      miniflare: {
        compatibilityDate: '2026-11-01',
        kvNamespaces: ['ANSWERS'],
        durableObjects: { PURGE_QUEUE: { className: 'TestPurgeQueue', useSQLite: true } },
      },
    }),
  ],
  resolve: { conditions: ['@plaudit/source', 'workerd', 'worker'] },
  test: {
    name: 'edge',
    include: ['src/**/*.test.ts'],
    // How long a test may take is no bound on how soon: a busy machine is no failure.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
