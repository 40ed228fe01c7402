import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Admin, segmentKey } from './lib/admin.ts';
import { checkLog } from './lib/check.ts';
import { fourSegments, items, opened, SIZE, writer } from './lib/scene.ts';
import { SERVERS } from './lib/servers.ts';

describe.each(SERVERS)(
  'an administrator at work while writers are, $mode (needs a server in $variable)',
  ({ endpoint = '' }) => {
    describe.skipIf(endpoint === '')('stops nobody', () => {
      test('with garbage and delete markers at every key to come', async () => {
        const place = await fourSegments(endpoint);
        const admin = new Admin(place);
        const writers = [
          await writer(place.url, { busyTimeout: 60_000 }),
          await writer(place.url, { busyTimeout: 60_000 }),
        ];
        let isOver = false;
        const meddle = async (): Promise<number> => {
          let count = 0;
          for (; !isOver; count++) {
            const known = Math.max(
              SIZE,
              ...writers.flatMap(({ acknowledged }) => [...acknowledged.values()]).map((n) => n + 1),
            );
            await admin.put(segmentKey(known + (count % 3)), 'garbage');
            if (count % 5 === 0) await admin.remove(segmentKey(known));
            await sleep(20);
          }
          return count;
        };
        const meddling = meddle();
        await Promise.all(
          writers.map(async (each, n) => {
            for (let commit = 0; commit < 10; commit++) await each.append(items(`w${n}c${commit}`, 1));
          }),
        );
        isOver = true;
        expect(await meddling).toBeGreaterThan(10);
        const { items: there } = await checkLog(place, ...writers.map(({ acknowledged }) => acknowledged));
        expect(there).toHaveLength(SIZE + 20);
      });

      test('with more versions of a key than one listing holds', async () => {
        const place = await fourSegments(endpoint);
        const admin = new Admin(place);
        for (let n = 0; n < 11; n++)
          await Promise.all(Array.from({ length: 100 }, () => admin.put(segmentKey(20), 'garbage')));
        await Promise.all(Array.from({ length: 100 }, () => admin.put(segmentKey(SIZE), 'garbage')));
        const fresh = await writer(place.url);
        await fresh.append(items('fresh', 3));
        const reader = await opened(place.url, { mode: 'read' });
        expect((await reader.inspect()).length).toBeGreaterThanOrEqual(1200);
        await checkLog(place, fresh.acknowledged);
      });
    });
  },
);
