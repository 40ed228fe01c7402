import { existsSync } from 'node:fs';
import { availableParallelism, tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';

/**
 * Tests run what is built, as users do, though they name the sources: worker threads that strip types by themselves
 * load WebAssembly each, and V8 aborts now and then when such threads come and go (nodejs/node#64500).
 */
const built: Plugin = {
  name: 'zegel-built',
  enforce: 'pre',
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith('.')) return undefined;
    const file = /^(.*\/(?:packages|apps)\/[^/]+)\/src\/(.*)\.tsx?$/.exec(resolve(dirname(importer), id));
    const js = `${file?.[1]}/dist/${file?.[2]}.js`;
    return file !== null && existsSync(js) ? { id: js, external: true } : undefined;
  },
};

const common = {
  // A machine that has other things to do is no failure.
  expect: { poll: { timeout: 10_000 } },
  // What a viewer remembers of a log stays out of the home of whoever runs the tests.
  env: { XDG_STATE_HOME: join(tmpdir(), `zegel-tests-${userInfo().uid}`) },
  // What is built runs as it is: one instance of each module, for tests and for worker threads.
  server: { deps: { external: [/\/(?:packages|apps)\/[^/]+\/dist\//] } },
};
const LONG = '**/*.long.test.ts';
const MINUTE = 60_000;

export default defineConfig({
  test: {
    globalSetup: ['scripts/lib/built.mjs'],
    // Both cores of a small machine; vitest itself would leave one idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        plugins: [built],
        test: {
          ...common,
          name: 'unit',
          include: ['{packages,apps}/*/test/**/*.test.ts'],
          exclude: [LONG],
          testTimeout: MINUTE,
        },
      },
      {
        plugins: [built],
        test: {
          ...common,
          name: 'across',
          include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
          exclude: [LONG, '**/node_modules/**'],
          testTimeout: 2 * MINUTE,
          hookTimeout: 2 * MINUTE,
        },
      },
      {
        plugins: [built],
        test: {
          ...common,
          // Tests that try one case in some try all of them.
          env: { ...common.env, ZEGEL_TEST_WHOLE: '1' },
          name: 'long',
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
