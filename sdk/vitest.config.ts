import { defineProject, type UserProjectConfigExport } from 'vitest/config';

const config: UserProjectConfigExport = defineProject({
  resolve: { conditions: ['@plaudit/source', 'node'] },
  test: { name: 'sdk', include: ['src/**/*.test.ts'] },
});

export default config;
