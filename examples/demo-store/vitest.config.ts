import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: { name: 'demo-store', include: ['src/**/*.test.ts'] },
});
