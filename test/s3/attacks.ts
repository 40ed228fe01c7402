import { describe, expect, test } from 'vitest';
import { Admin } from './lib/admin.ts';
import { checkLog } from './lib/check.ts';
import { type Attack, HIDING, HIDING_CHECKPOINTS } from './lib/hiding.ts';
import { inspected } from './lib/inspected.ts';
import { folder } from './lib/process.ts';
import { fourSegments, items, opened, type Place, SIZE, writer } from './lib/scene.ts';
import type { Server } from './lib/servers.ts';

async function said(place: Place): Promise<string> {
  return inspected(await opened(place.url, { mode: 'read' }));
}

/** The log before, the attack, and then: an old reader, old and new writers, and everybody who comes later. */
async function hides(
  endpoint: string,
  attack: Attack,
): Promise<{ readonly key: string; readonly found: string }> {
  const place = await fourSegments(endpoint);
  expect(await said(place), 'before').toBe('');
  const home = folder();
  const old = await writer(place.url, { home });
  await old.store.head();
  const key = await attack(new Admin(place));
  const reader = await opened(place.url, { mode: 'read' });
  expect((await reader.head())?.size).toBeLessThanOrEqual(SIZE);
  const found = await said(place);
  await old.insist(items('old', 3));
  const fresh = await writer(place.url);
  await fresh.insist(items('fresh', 3));
  await old.insist(items('old again', 3));
  const { items: there } = await checkLog(place, old.acknowledged, fresh.acknowledged);
  expect(there).toHaveLength(SIZE + 9);
  return { key, found };
}

/** Every attack that hides and changes nothing, each on a log of its own. */
export function hidingAttacks({ mode, endpoint = '', variable }: Server): void {
  describe.skipIf(endpoint === '')(`an administrator, ${mode} (needs a server in ${variable})`, () => {
    test.each(Object.entries(HIDING))('hides and changes nothing: %s', async (_name, attack) => {
      const { key, found } = await hides(endpoint, attack);
      expect(found, 'named').toContain(key);
    });

    test.each(Object.entries(HIDING_CHECKPOINTS))('hides and changes nothing: %s', async (_name, attack) => {
      const place = await fourSegments(endpoint);
      const old = await writer(place.url, { home: folder() });
      await old.store.head();
      await attack(new Admin(place));
      await old.insist(items('old', 3));
      const fresh = await writer(place.url);
      await fresh.insist(items('fresh', 3));
      const { items: there } = await checkLog(place, old.acknowledged, fresh.acknowledged);
      expect(there).toHaveLength(SIZE + 6);
    });
  });
}
