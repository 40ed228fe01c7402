import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// Tests run the sources, through package names too; worker threads and forked processes inherit the condition.
const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };
const execArgv = ['--conditions=source'];
const LONG = '**/*.long.test.ts';
const MINUTE = 60_000;

export default defineConfig({
  ...source,
  test: {
    // Both cores of a small machine; vitest itself would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          execArgv,
          include: ['{packages,apps}/*/test/**/*.test.ts'],
          exclude: [LONG],
          testTimeout: 30_000,
        },
      },
      {
        ...source,
        test: {
          name: 'across',
          execArgv,
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [LONG, '**/node_modules/**'],
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
        },
      },
      {
        ...source,
        test: {
          name: 'long',
          execArgv,
          include: ['{packages,apps}/*/test/**/*.long.test.ts', 'test/**/*.long.test.ts'],
          // One at a time: each wants both cores.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 20 * MINUTE,
          hookTimeout: 5 * MINUTE,
        },
      },
    ],
  },
});
