import { batchAfter, memoryStore, someEntries, SUITE_SIGNER } from '@zegel/testkit';
import { expect, test } from 'vitest';
import { publishTo } from '../src/publish/publish.ts';
import { unpublish } from '../src/publish/unpublish.ts';
import { Crash, MemoryPublicPlace } from './lib/public-place.ts';

const { vkey } = SUITE_SIGNER;

test('bundles are marked before the first of them stands there, so that pruning looks for them', async () => {
  const log = memoryStore();
  await log.commit((view) => batchAfter(view, someEntries(300)));
  const place = new MemoryPublicPlace();
  place.meddle = (key) => (key.startsWith('tile/entries/') ? 'after' : undefined);
  await expect(publishTo(log, place, { vkey, bundles: true })).rejects.toBeInstanceOf(Crash);
  expect(place.body('published/entries')?.toString()).toBe('0\n');
  place.meddle = () => undefined;
  await unpublish(place, [[3, 3]], 300);
  expect([...place.objects.keys()].filter((key) => key.startsWith('tile/entries/000'))).toEqual([]);
});
