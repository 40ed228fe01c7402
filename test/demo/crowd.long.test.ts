import { expect, test } from 'vitest';
import { checkCrowd } from './crowd-against-demo.ts';

test('40 users for 60 s: what each was shown is in the log, and nothing else is', async () => {
  const seen = await checkCrowd(60);
  expect(seen.length).toBeGreaterThan(2000);
});
