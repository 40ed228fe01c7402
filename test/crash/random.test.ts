import { expect, test } from 'vitest';
import { place } from './drill.ts';
import { killAtRandom } from './random.ts';

test('8 writers in 3 processes killed at 5 random moments lose nothing that was acknowledged', async () => {
  const { entries, acknowledged } = await killAtRandom(place(), 5);
  expect(acknowledged).toBeGreaterThan(20);
  expect(entries).toBeGreaterThan(acknowledged);
});
