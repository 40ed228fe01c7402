import { expect, test } from 'vitest';
import { dieAt, logOf, stepsOf } from './steps.ts';

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
  for (const step of steps) await dieAt(undefined, 1, step);
});

test('killed at each step of opening a log, appending in parts, and closing it', async () => {
  const log = await logOf();
  for (const step of await cases(log, 4)) await dieAt(log, 4, step);
});
