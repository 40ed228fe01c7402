import { expect, test } from 'vitest';
import { dieAtEach, logOf, stepsOf } from './steps.ts';

/** Each step of each thread, before and after it, as `vitest` wants its cases. */
async function cases(log: string | undefined, most: number): Promise<string[]> {
  const steps = await stepsOf(log, most);
  return Object.entries(steps).flatMap(([thread, names]) =>
    names.flatMap((_, i) => [`${thread}:${i + 1}:before`, `${thread}:${i + 1}:after`]),
  );
}

test('killed at each step of making a log and appending to it', async () => {
  const steps = await cases(undefined, 1);
  expect(steps.length).toBeGreaterThan(100);
  await dieAtEach(undefined, 1, steps);
});

test('killed at each step of opening a log, appending in parts, and closing it', async () => {
  const log = await logOf();
  const steps = await cases(log, 4);
  expect(steps.length).toBeGreaterThan(50);
  await dieAtEach(log, 4, steps);
});
