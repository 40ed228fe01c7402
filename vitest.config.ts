import { defineConfig } from 'vitest/config';

const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };

export default defineConfig({
  ...source,
  test: {
    projects: [
      { ...source, test: { name: 'unit', include: ['packages/*/test/**/*.test.ts'] } },
      { ...source, test: { name: 'across', include: ['test/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 } },
    ],
  },
});
