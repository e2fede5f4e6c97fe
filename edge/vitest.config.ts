import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineProject } from 'vitest/config';

/** Inside workerd, as the code will run; the built Worker has its own suite in `built/`. */
export default defineProject({
  plugins: [
    cloudflareTest({
      miniflare: { compatibilityDate: '2026-11-01', kvNamespaces: ['ANSWERS'] },
    }),
  ],
  resolve: { conditions: ['@plaudit/source', 'workerd', 'worker'] },
  test: { name: 'edge', include: ['src/**/*.test.ts'] },
});
