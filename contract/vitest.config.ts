import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: { name: 'contract', include: ['src/**/*.test.ts'] },
});
