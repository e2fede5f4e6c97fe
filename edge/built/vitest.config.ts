import { join } from 'node:path';
import { defineProject } from 'vitest/config';

/** The Worker as it is shipped: bundled, on plain workerd, with a real origin on the other side. */
export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'edge-built',
    include: ['*.test.ts'],
    // How long a test may take is no bound on how soon: a busy machine is no failure.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: join(import.meta.dirname, 'build.ts'),
  },
});
