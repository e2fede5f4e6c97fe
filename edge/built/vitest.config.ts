import { join } from 'node:path';
import { defineProject } from 'vitest/config';

/** The Worker as it is shipped: bundled, on plain workerd, with a real origin on the other side. */
export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: {
    name: 'edge-built',
    include: ['*.test.ts'],
    globalSetup: join(import.meta.dirname, 'build.ts'),
  },
});
