import type { LogStore } from '@zegel/log/port';
import { openStore } from '@zegel/store-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Admin, checkpointKey, segmentKey } from './lib/admin.ts';
import { checkLog } from './lib/check.ts';
import { inspected } from './lib/inspected.ts';
import { LOSING, type Loss } from './lib/losing.ts';
import { folder } from './lib/process.ts';
import { FaultProxy } from './lib/proxy.ts';
import { fourSegments, items, opened, type Place, SIGNER, SIZE, writer } from './lib/scene.ts';
import { SERVERS } from './lib/servers.ts';

/** What a reader and its inspection say of a log that may not even open, in one text. */
async function said(place: Place, home?: string): Promise<string> {
  let store: LogStore;
  try {
    store = await openStore(place.url, {
      mode: 'read',
      vkey: SIGNER.vkey,
      ...(home !== undefined && { home }),
    });
  } catch (error) {
    return (error as Error).message;
  }
  const damage = new Set<string>();
  let next = 0;
  for await (const chunk of store.read(0, Number.MAX_SAFE_INTEGER))
    for (const entry of chunk) {
      if (entry.index !== next) damage.add(`jump to ${entry.index}`);
      if (entry.damage !== undefined) damage.add(entry.damage);
      next = entry.index + 1;
    }
  const text = [await inspected(store), ...damage].join('\n');
  await store.close();
  return text;
}

/** Nobody goes on over a loss as if nothing were missing, and what a backup puts back is believed again. */
async function loses(endpoint: string, { key, attack }: Loss): Promise<number> {
  const place = await fourSegments(endpoint);
  const home = folder();
  const old = await writer(place.url, { home });
  await old.store.head();
  const putBack = await attack(new Admin(place));
  // Without a beginning nobody new can open it, and that is said.
  expect(await said(place), 'to whom comes new').toMatch(new RegExp(`${key}|does not begin a log`));
  expect(await said(place, home), 'to whom has seen it').toMatch(new RegExp(`${key}|does not begin a log`));
  await expect(writer(place.url).then((fresh) => fresh.append(items('fresh', 3)))).rejects.toMatchObject({
    code: 'STORE_CORRUPT',
  });
  await putBack();
  const again = await writer(place.url);
  await again.append(items('again', 3));
  await old.insist(items('old', 3));
  return (await checkLog(place, again.acknowledged, old.acknowledged)).items.length;
}

/** A segment that its writer signed and that never got there; another one did. */
async function loserOf(place: Place, count: number): Promise<Uint8Array> {
  const proxy = await FaultProxy.before(place.endpoint);
  onTestFinished(() => proxy.close());
  const loser = await writer(place.by(proxy.endpoint), { busyTimeout: 500 });
  let bytes = new Uint8Array();
  proxy.plan = ({ operation, key, body }) => {
    if (operation !== 'put' || !key.startsWith('log/seg/')) return undefined;
    bytes = new Uint8Array(body);
    return { kind: 'cut', persisted: false };
  };
  await expect(loser.append(items('loser', count))).rejects.toMatchObject({ code: 'STORE_IO' });
  return bytes;
}

describe.each(SERVERS)('an administrator, $mode (needs a server in $variable)', ({ endpoint = '' }) => {
  describe.skipIf(endpoint === '')('where nothing is locked', () => {
    test.each(Object.entries(LOSING))('takes away what is missed: %s', async (_name, loss) => {
      expect(await loses(endpoint, loss)).toBe(SIZE + 6);
    });

    test('puts a segment there that lost long ago: it changes nothing', async () => {
      const place = await fourSegments(endpoint);
      const lost = await loserOf(place, 5);
      const winner = await writer(place.url);
      await winner.append(items('winner', 5));
      await new Admin(place).put(segmentKey(SIZE), lost);
      await winner.append(items('winner', 5));
      const { items: there } = await checkLog(place, winner.acknowledged);
      expect(there).toHaveLength(SIZE + 10);
    });

    test('replaces the last segment with one that lost long ago: nobody signs that', async () => {
      const place = await fourSegments(endpoint);
      const lost = await loserOf(place, 5);
      const winner = await writer(place.url);
      await winner.append(items('winner', 5));
      const admin = new Admin(place);
      const key = segmentKey(SIZE);
      await admin.put(key, lost);
      const backup = await admin.takeAway(key);
      await admin.put(key, lost);
      expect(await said(place)).toContain(checkpointKey(SIZE + 5));
      await expect(writer(place.url).then((fresh) => fresh.append(items('fresh', 3)))).rejects.toMatchObject({
        code: 'STORE_CORRUPT',
      });
      await admin.takeAway(key);
      await admin.put(key, backup);
      await checkLog(place, winner.acknowledged);
    });
  });

  describe.skipIf(endpoint === '').each(['governance', 'compliance'] as const)(
    'under a lock of %s',
    (lock) => {
      test('is refused', async () => {
        const place = await fourSegments(endpoint, { lock });
        const admin = new Admin(place);
        // Who could take a tail away with every checkpoint that covers it would be seen by what is kept elsewhere alone.
        const versions = [...(await admin.versions('seg/')), ...(await admin.versions('checkpoint/'))];
        expect(versions).toHaveLength(8);
        for (const { key, VersionId = '' } of versions) {
          await expect(admin.remove(key, VersionId)).rejects.toMatchObject({ name: 'AccessDenied' });
          // Governance can be lifted by who has that right, compliance by nobody.
          const attempt = admin.remove(key, VersionId, lock === 'compliance');
          await expect(attempt).rejects.toMatchObject({ name: 'AccessDenied' });
          await expect(admin.shorten(key, VersionId)).rejects.toMatchObject({ name: 'AccessDenied' });
        }
        const reader = await opened(place.url, { mode: 'read' });
        expect(await reader.inspect()).toEqual([]);
        await checkLog(place);
      });
    },
  );
});
