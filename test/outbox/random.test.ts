import { expect, test } from 'vitest';
import { killAtRandom } from './drill.ts';

test('client and collector killed at 12 random moments: everything acknowledged is in the log, once and in order', async () => {
  const { acknowledged, entries } = await killAtRandom(12);
  expect(acknowledged).toBeGreaterThan(100);
  expect(entries).toBeGreaterThanOrEqual(acknowledged);
});
