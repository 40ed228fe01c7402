import { expect, test } from 'vitest';
import { dieAtEach, logOf, stepsOf } from './steps.ts';

// Of a commit, the steps of the thread that stores it; the others, and those of opening and creating, take minutes.
test('a writer killed at each step of a commit leaves a good log', async () => {
  const log = await logOf();
  const { commit = [] } = await stepsOf(log, 1);
  const from = commit.indexOf('postMessage'); // it says that it is ready
  const end = commit.lastIndexOf('fsyncSync'); // it closes
  const steps = Array.from({ length: end - from }, (_, i) => `commit:${from + 1 + i}:after`);
  expect(commit.slice(from, end)).toEqual(expect.arrayContaining(['run', 'writeSync', 'postMessage']));
  await dieAtEach(log, 1, steps);
});
