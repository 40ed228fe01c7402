import { describe, expect, test } from 'vitest';
import { checkLog } from './lib/check.ts';
import { inspected } from './lib/inspected.ts';
import { items, newLog, opened, type Place, writer } from './lib/scene.ts';
import { SEVERAL_WINNERS } from './lib/servers.ts';

const WRITERS = 4;
/** On a busy machine creates seldom meet. */
const MOST_ROUNDS = 150;
const { endpoint = '' } = SEVERAL_WINNERS;

async function said(place: Place): Promise<string> {
  return inspected(await opened(place.url, { mode: 'read' }));
}

/** Writers commit at once, again and again, until one of them has lost to another at the same key. */
async function raced(): Promise<Place> {
  const place = await newLog(endpoint);
  const writers = await Promise.all(Array.from({ length: WRITERS }, () => writer(place.url)));
  for (let round = 0; round < MOST_ROUNDS; round++) {
    await Promise.all(writers.map((one) => one.insist(items('race', 3))));
    if ((await said(place)) !== '') break;
  }
  await checkLog(place, ...writers.map(({ acknowledged }) => acknowledged));
  return place;
}

describe.skipIf(endpoint === '')(
  `where several creators may win (needs a server in ${SEVERAL_WINNERS.variable})`,
  () => {
    test('segments that lost are no damage, and go with what they repeat', { timeout: 300_000 }, async () => {
      const place = await raced();
      expect(await said(place)).toMatch(
        /^race-lost: segments that lost a race: \d+, .*all of which the log has$/,
      );
      const { store } = await writer(place.url);
      const by = ((await store.head())?.size ?? 0) - 1;
      await store.prune({ by, ranges: [[0, by - 1]] });
      expect(await said(place)).toBe('');
    });
  },
);
