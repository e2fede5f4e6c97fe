import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: { name: 'origin', include: ['src/**/*.test.ts'] },
});
