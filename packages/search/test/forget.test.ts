import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeBase64url } from '@zegel/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareIndex, openIndex, type SearchIndex } from '../src/index.ts';
import { type FakeEvent, FakeLog, FakeVault } from './fake-log.ts';
import { eventArbitrary } from './reference.ts';

const ANNA = { type: 'customer', id: 'anna-de-vries' };
const BEN = { type: 'customer', id: 'ben' };
const EVE = { type: 'employee', id: 'eve' };

let dir: string;
let path: string;
let log: FakeLog;
let vault: FakeVault;
let index: SearchIndex;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-forget-'));
  path = join(dir, 'index.db');
  vault = new FakeVault();
  log = new FakeLog(vault);
  index = await openIndex({ path, log, vault, mode: 'write' });
});
afterEach(() => {
  index.close();
  rmSync(dir, { recursive: true, force: true });
});

const hits = async (text: string): Promise<readonly number[]> =>
  (await index.search(text, { limit: 1000 })).indexes;
const differences = async (): Promise<unknown> => (await compareIndex({ path, log, vault })).findings;
const about = (person: typeof ANNA, scope: string, more: Partial<FakeEvent> = {}): FakeEvent => ({
  ...{ occurred: 1000, action: 'read', actor: EVE, scope, subjects: [{ ...person, involvement: 'target' }] },
  ...more,
});

function retain(handles: readonly Uint8Array[], ranges: readonly (readonly [number, number])[] = []): number {
  return log.append({
    kind: 'retention',
    occurred: 2000,
    activity: 'orders',
    handles: handles.map(encodeBase64url),
    ranges,
  });
}

/** Whether bytes stand anywhere in the files of the index. */
function inFiles(bytes: Uint8Array): boolean {
  return ['', '-wal', '-shm'].some(
    (suffix) => existsSync(path + suffix) && readFileSync(path + suffix).includes(Buffer.from(bytes)),
  );
}

describe('destroyed handles', () => {
  it('are taken out of the index by following the log, down to the pages', async () => {
    log.append(about(ANNA, 'jan', { trace: 'tr-1' }));
    log.append(about(ANNA, 'feb'));
    log.append(about(BEN, 'jan'));
    await index.catchUp();
    const key = vault.personKey(ANNA.type, ANNA.id).subarray(0, 8);
    expect(inFiles(key)).toBe(true);
    expect(await hits('subject:customer:anna-de-vries')).toEqual([1, 0]);

    const jan = vault.handle(ANNA, 'jan');
    retain([jan]);
    vault.destroy(jan);
    await index.catchUp();
    expect(await hits('subject:customer:anna-de-vries')).toEqual([1]); // what the handle stood for can't be learned here either
    expect(await hits('subject:customer:ben')).toEqual([2]);
    expect(inFiles(jan.subarray(0, 8))).toBe(false);
    expect(inFiles(key)).toBe(true);

    const feb = vault.handle(ANNA, 'feb');
    retain([feb]);
    vault.destroy(feb);
    await index.catchUp();
    expect(await hits('subject:customer:anna-de-vries')).toEqual([]);
    expect(inFiles(key)).toBe(false);
    expect(inFiles(Buffer.from(ANNA.id))).toBe(false);
    expect(await hits('action:read')).toEqual([2, 1, 0]);
    expect(await differences()).toEqual([]);
  });

  it('take the traces that they seal and the actors that they name along', async () => {
    log.append(about(ANNA, 'jan', { trace: 'tr-1' }));
    log.append(about(ANNA, 'feb', { trace: 'tr-1' }));
    await index.catchUp();
    expect(await hits('trace:tr-1')).toEqual([1, 0]);
    const jan = vault.handle(EVE, 'jan');
    retain([jan]);
    await index.catchUp(); // the log is ahead of the vault: nothing differs yet
    expect(await differences()).toEqual([]);
    vault.destroy(jan);
    expect(await hits('trace:tr-1')).toEqual([1]);
    expect(await hits('actor:employee:eve')).toEqual([1]);
    const { facets } = await index.facets('', { names: ['actor'] });
    expect(facets[0]?.values).toMatchObject([{ count: 1, sample: 1 }]);
    expect(await differences()).toEqual([]);
  });

  it('are not indexed when they are gone before', async () => {
    log.append(about(ANNA, 'jan'));
    const jan = vault.handle(ANNA, 'jan');
    retain([jan]);
    vault.destroy(jan);
    await index.catchUp();
    expect(await hits('subject:customer:anna-de-vries')).toEqual([]);
    expect(inFiles(vault.personKey(ANNA.type, ANNA.id).subarray(0, 8))).toBe(false);
    expect(await differences()).toEqual([]);
  });

  it('that the index has not followed yet are no difference, those it should have are', async () => {
    log.append(about(ANNA, 'jan'));
    await index.catchUp();
    const jan = vault.handle(ANNA, 'jan');
    retain([jan]);
    vault.destroy(jan);
    expect(await differences()).toEqual([]);
    await index.catchUp();
    const ben = vault.handle(BEN, 'x');
    log.append(about(BEN, 'x'));
    await index.catchUp();
    vault.destroy(ben); // without a word in the log
    expect(await differences()).toMatchObject([{ code: 'index-differs', index: 2 }]);
  });
});

describe('results found just before', () => {
  it('are not shown when their handles are gone since, and raise no alarm', async () => {
    log.append(about(ANNA, 'jan', { trace: 'tr-1' }));
    log.append(about(ANNA, 'feb'));
    await index.catchUp();
    vault.destroy(vault.handle(ANNA, 'jan'));
    vault.destroy(vault.handle(EVE, 'jan'));
    for (const text of ['subject:customer:anna-de-vries', 'actor:employee:eve', 'trace:tr-1']) {
      const found = await index.fetch(text, [0] as never);
      expect(found, text).toEqual({ entries: [], findings: [], gone: [] });
    }
    expect((await index.fetch('subject:customer:anna-de-vries', [1] as never)).entries).toHaveLength(1);
    expect((await index.fetch('subject:customer:ben', [1] as never)).findings).toHaveLength(1);
    expect(
      (await index.fetch('subject:customer:anna-de-vries action:export', [0] as never)).findings,
    ).toHaveLength(1);
  });
});

describe('pruned bodies', () => {
  it('leave the index with the entry that covers them, whether they are gone yet or not', async () => {
    for (let i = 0; i < 10; i++) log.append(about(BEN, 'jan', { operation: `op${i}` }));
    await index.catchUp();
    retain(
      [],
      [
        [2, 4],
        [7, 7],
      ],
    );
    await index.catchUp();
    expect(await hits('')).toEqual([10, 9, 8, 6, 5, 1, 0]);
    expect(await hits('-action:export')).toEqual([10, 9, 8, 6, 5, 1, 0]);
    expect(await hits('op3')).toEqual([]);
    expect(await differences()).toEqual([]);
    log.prune(2, 4);
    expect(await differences()).toEqual([]);
    await index.rebuild();
    expect(await hits('subject:customer:ben')).toEqual([9, 8, 6, 5, 1, 0]);
    expect(await differences()).toEqual([]);
  });

  it('are left out of results found before, without alarm', async () => {
    log.append(about(BEN, 'jan'));
    await index.catchUp();
    log.prune(0, 0);
    expect(await index.fetch('action:read', [0] as never)).toEqual({ entries: [], findings: [], gone: [0] });
  });
});

describe('forget', () => {
  it('takes persons out at once', async () => {
    log.append(about(ANNA, 'jan'));
    log.append(about(BEN, 'jan'));
    await index.catchUp();
    index.forget([vault.personKey(ANNA.type, ANNA.id)]);
    expect(await hits('subject:customer:anna-de-vries')).toEqual([]);
    expect(await hits('subject:customer:ben')).toEqual([1]);
    expect(inFiles(vault.personKey(ANNA.type, ANNA.id).subarray(0, 8))).toBe(false);
  });
});

describe('an index that has forgotten', () => {
  it('is byte for byte the one that would be made anew', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(eventArbitrary, { minLength: 1, maxLength: 120, size: 'max' }),
        fc.array(fc.tuple(fc.nat(11), fc.constantFrom('m1', 'm2')), { maxLength: 6 }),
        fc.array(fc.tuple(fc.nat(119), fc.nat(9)), { maxLength: 3 }),
        async (events, persons, ranges) => {
          index.close();
          log = new FakeLog((vault = new FakeVault())); // a destroyed handle never lives again
          index = await openIndex({ path, log, vault, mode: 'write' });
          await index.rebuild();
          for (const event of events) log.append(event);
          await index.catchUp();
          const gone = persons.map(([n, scope]) => vault.handle({ type: 'customer', id: `c:${n}` }, scope));
          retain(
            gone,
            ranges.map(([first, more]) => [first, first + more] as const),
          );
          await index.catchUp();
          for (const handle of gone) vault.destroy(handle);
          expect(await differences()).toEqual([]);
        },
      ),
      { numRuns: 20 },
    );
  });
});
