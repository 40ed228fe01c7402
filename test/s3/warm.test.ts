import { inspected } from './lib/inspected.ts';
import { join } from 'node:path';
import type { LogStore, StoredEntry } from '@zegel/log/port';
import Database from 'better-sqlite3';
import { createSigner } from '@zegel/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Admin, checkpointKey, segmentKey } from './lib/admin.ts';
import { checkLog } from './lib/check.ts';
import type { Fault } from './lib/fault.ts';
import { folder } from './lib/process.ts';
import { FaultProxy } from './lib/proxy.ts';
import { fourSegments, items, opened, type Place, SIGNER, SIZE, writer } from './lib/scene.ts';
import { ATOMIC } from './lib/servers.ts';

const { endpoint = '' } = ATOMIC;
const LAST = segmentKey(SIZE - 10);

interface State {
  readonly next: number;
  readonly generation: string;
}

/** What a replica says, past every store. */
function stateIn(home: string): State {
  const db = new Database(join(home, 's3.db'), { readonly: true });
  const state = db.prepare('SELECT next, generation FROM state').get() as State;
  db.close();
  return state;
}

/** What one process does to the others of its machine when it empties the replica. */
function emptied(home: string): void {
  const db = new Database(join(home, 's3.db'));
  db.transaction(() => {
    for (const table of ['segments', 'leaves', 'ids', 'subtrees', 'heads', 'retentions'])
      db.exec(`DELETE FROM ${table}`);
    db.prepare(
      'UPDATE state SET next = 0, prev = NULL, keys = ?, origin = NULL, generation = hex(randomblob(16))',
    ).run('[]'); // as who is held to no key begins it
  })();
  db.close();
}

async function warm(url: string): Promise<string> {
  const home = folder();
  const store = await opened(url, { mode: 'read', home });
  await store.head();
  await store.close();
  return home;
}

async function everything(store: LogStore): Promise<readonly StoredEntry[]> {
  const all: StoredEntry[] = [];
  for await (const chunk of store.read(0, Number.MAX_SAFE_INTEGER)) all.push(...chunk);
  return all;
}

/** Takes the end of the log away, and every checkpoint that tells of it. */
async function cutOff(place: Place): Promise<() => Promise<void>> {
  const admin = new Admin(place);
  const backup = await admin.takeAway(LAST);
  await admin.takeAway(checkpointKey(SIZE));
  return async () => void (await admin.put(LAST, backup));
}

describe.skipIf(endpoint === '')('a machine that has seen the log (needs ZEGEL_TEST_S3)', () => {
  test.each<Fault>([
    { kind: 'garbled', persisted: true },
    { kind: 'truncated', persisted: true },
    { kind: 'answer', status: 503, persisted: true },
  ])('keeps what it knows while the last segment can not be read: $kind', async (fault) => {
    const place = await fourSegments(endpoint);
    const proxy = await FaultProxy.before(place.endpoint);
    onTestFinished(() => proxy.close());
    const home = await warm(place.by(proxy.endpoint));
    const before = stateIn(home);
    proxy.plan = ({ operation, key }) => (operation === 'get' && key.endsWith(LAST) ? fault : undefined);
    await expect(writer(place.by(proxy.endpoint), { home })).rejects.toMatchObject({
      code: fault.kind === 'garbled' ? 'STORE_CORRUPT' : 'STORE_IO',
    });
    await opened(place.by(proxy.endpoint), { mode: 'read', home }).catch(() => undefined);
    expect(stateIn(home)).toEqual(before);
    proxy.plan = () => undefined;
    const again = await writer(place.by(proxy.endpoint), { home });
    await again.append(items('again', 3));
    expect(stateIn(home)).toMatchObject({ generation: before.generation, next: SIZE + 3 });
  });

  test('does not forget the end that was taken away: it signs nothing, and says so, again and again', async () => {
    const place = await fourSegments(endpoint);
    const home = await warm(place.url);
    const before = stateIn(home);
    const putBack = await cutOff(place);
    const refused = { code: 'STORE_CORRUPT', index: SIZE - 10 };
    await expect(writer(place.url, { home })).rejects.toMatchObject(refused);
    expect(stateIn(home)).toEqual(before);
    for (let times = 0; times < 2; times++) {
      const reader = await opened(place.url, { mode: 'read', home });
      expect(await everything(reader)).toHaveLength(SIZE - 10);
      expect(await inspected(reader)).toContain(`has seen ${checkpointKey(SIZE)}`);
      expect(await reader.remembered?.()).toEqual([expect.stringMatching(new RegExp(`^[^]*\\n${SIZE}\\n`))]);
      await expect(writer(place.url, { home })).rejects.toMatchObject(refused);
    }
    await putBack();
    const again = await writer(place.url, { home });
    await again.append(items('again', 3));
    expect(await (await opened(place.url, { mode: 'read', home })).remembered?.()).toEqual([]);
    await checkLog(place, again.acknowledged);
  });

  test('has a writer at work that refuses to go on over a loss which another process has met', async () => {
    const place = await fourSegments(endpoint);
    const home = folder();
    const running = await writer(place.url, { home });
    await running.store.head();
    const putBack = await cutOff(place);
    await (await opened(place.url, { mode: 'read', home })).close();
    await expect(running.append(items('fork', 3))).rejects.toMatchObject({ code: 'STORE_CORRUPT' });
    await putBack();
    await running.append(items('more', 3));
    await checkLog(place, running.acknowledged);
  });

  test('has a writer at work whose replica is emptied amid its commit: it loses nothing and repeats nothing', async () => {
    const place = await fourSegments(endpoint);
    const home = folder();
    const running = await writer(place.url, { home });
    for (let times = 0; times < 3; times++) {
      await running.append(items('before', 3));
      const appending = running.append(items('amid', 3));
      emptied(home);
      await appending;
      emptied(home);
    }
    const { items: there } = await checkLog(place, running.acknowledged);
    expect(there).toHaveLength(SIZE + 18);
  });

  test('has a reader at work that is given every entry all the same', async () => {
    const place = await fourSegments(endpoint);
    const size = SIZE + 1100; // more than one page of ids
    await (await writer(place.url)).append(items('many', 1100));
    const home = folder();
    const reader = await opened(place.url, { mode: 'read', home });
    const all: StoredEntry[] = [];
    for await (const chunk of reader.read(0, Number.MAX_SAFE_INTEGER)) {
      all.push(...chunk);
      if (all.length < 30) emptied(home);
    }
    expect(all.map(({ index }) => index)).toEqual(Array.from({ length: size }, (_, n) => n));
    expect(all.filter(({ damage }) => damage !== undefined)).toEqual([]);
    const ids: number[] = [];
    for await (const rows of reader.idRows()) {
      ids.push(...rows.map(({ index }) => index));
      emptied(home);
    }
    expect(ids).toHaveLength(size);
  });

  test('is not made to forget by who comes with a wrong key', async () => {
    const place = await fourSegments(endpoint);
    const home = folder();
    const running = await writer(place.url, { home });
    const before = stateIn(home);
    const { vkey } = createSigner(SIGNER.name, Buffer.alloc(32, 7));
    await expect(opened(place.url, { mode: 'read', home, vkey })).rejects.toMatchObject({
      code: 'STORE_CORRUPT',
    });
    expect(stateIn(home)).toEqual(before);
    await running.append(items('more', 3));
  });
});
