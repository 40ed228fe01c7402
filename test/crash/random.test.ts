import { expect, test } from 'vitest';
import { place } from './drill.ts';
import { killAtRandom } from './random.ts';

test('8 writers in 3 processes killed at 12 random moments lose nothing that was acknowledged', async () => {
  const { entries, acknowledged } = await killAtRandom(place(), 12);
  expect(acknowledged).toBeGreaterThan(100);
  expect(entries).toBeGreaterThan(acknowledged);
});
