import { expect, test } from 'vitest';
import { dieAtEach, logOf, stepsOf } from './steps.ts';

// On a machine that is busy with other things this would take long: what was reached is then told as a skip.
const LONGEST = 5 * 60_000;

/** Whether a step is one of hundreds in a row, as the rows of new handles are. */
function amidAlike(names: readonly string[], at: number): boolean {
  const around = names.slice(Math.max(0, at - 4), at + 5);
  return around.length === 9 && around.every((name) => name === 'run');
}

/** After each step of each thread, which is before the next one of it. */
async function cases(log: string | undefined, most: number): Promise<string[]> {
  const steps = await stepsOf(log, most);
  return Object.entries(steps).flatMap(([thread, names]) =>
    names.flatMap((_, i) => (amidAlike(names, i) ? [] : [`${thread}:${i + 1}:after`])),
  );
}

test('killed at each step of making a log and appending to it', async (context) => {
  const steps = await cases(undefined, 1);
  expect(steps.length).toBeGreaterThan(60);
  const done = await dieAtEach(undefined, 1, steps, performance.now() + LONGEST);
  context.skip(done < steps.length, `${done} of ${steps.length} steps in five minutes`);
});

test('killed at each step of opening a log, appending in parts, and closing it', async (context) => {
  const log = await logOf();
  const steps = await cases(log, 4);
  expect(steps.length).toBeGreaterThan(40);
  const done = await dieAtEach(log, 4, steps, performance.now() + LONGEST);
  context.skip(done < steps.length, `${done} of ${steps.length} steps in five minutes`);
});
