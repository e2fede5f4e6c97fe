import { defineConfig } from 'vitest/config';

/** Every suite in one command; each workspace says itself what its tests run on. */
export default defineConfig({
  test: {
    projects: [
      'contract',
      'sdk',
      'origin',
      'edge',
      'edge/built',
      'widgets',
      'examples/demo-store',
      'e2e',
    ],
  },
});
