import { defineProject } from 'vitest/config';

export default defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: { name: 'sdk', include: ['src/**/*.test.ts'] },
});
