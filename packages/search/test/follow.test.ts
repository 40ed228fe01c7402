import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  compareIndex,
  IndexError,
  type OpenIndexOptions,
  openIndex,
  type SearchIndex,
} from '../src/index.ts';
import { FakeLog, FakeVault } from './fake-log.ts';

let dir: string;
let path: string;
let log: FakeLog;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-follow-'));
  path = join(dir, 'index.db');
  log = new FakeLog(new FakeVault());
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (more: Partial<OpenIndexOptions> = {}): Promise<SearchIndex> =>
  openIndex({ path, log, vault: log.vault, mode: 'write', ...more });
const add = (count: number, action = 'read'): void => {
  for (let i = 0; i < count; i++)
    log.append({ occurred: i, action, actor: { type: 'employee', id: `e-${i % 3}` } });
};

describe('following', () => {
  it('goes along with the log until it is told to stop', async () => {
    const index = await open();
    const stop = new AbortController();
    const covered: number[] = [];
    add(3);
    const done = index.follow(stop.signal, (size) => {
      covered.push(size);
      if (size === 3) add(4);
      if (size === 7) stop.abort();
    });
    await done;
    expect(covered).toEqual([3, 7]);
    index.close();
  });

  it('is done once, however many do it', async () => {
    add(500);
    const all = await Promise.all([open(), open(), open()]);
    await Promise.all(all.map((index) => index.catchUp()));
    add(500, 'export');
    await Promise.all(all.map((index) => index.catchUp()));
    for (const index of all) {
      expect(await index.count('action:export actor:employee:e-1')).toBe(167);
      index.close();
    }
    expect((await compareIndex({ path, log, vault: log.vault })).findings).toEqual([]);
  });

  it('lets readers see what others wrote, also after a new beginning', async () => {
    const writer = await open();
    add(10);
    await writer.catchUp();
    const reader = await open({ mode: 'read' });
    expect(await reader.count('action:read')).toBe(10);
    add(5, 'export');
    await writer.catchUp();
    expect(await reader.count('action:export')).toBe(5);
    await writer.rebuild();
    expect(await reader.count('action:export')).toBe(5);
    await expect(reader.catchUp()).rejects.toThrow(IndexError);
    writer.close();
    reader.close();
  });
});

describe('an index that is not of this log', () => {
  const changes: [string, () => void][] = [
    ['another log', () => void (log = new FakeLog(log.vault, 'other.example/log'))],
    ['a log cut short', () => void log.entries.splice(20)],
    ['a log with another past', () => void log.entries.splice(10, 20)],
    [
      'another vault',
      () => void (log = Object.assign(new FakeLog(new FakeVault('other')), { entries: log.entries })),
    ],
  ];
  it.each(changes)('%s: refused for reading, made anew for writing', async (_name, change) => {
    add(30);
    const before = await open();
    await before.catchUp();
    before.close();
    change();
    add(12, 'export');
    await expect(open({ mode: 'read' })).rejects.toMatchObject({ code: 'INDEX_MISMATCH' });
    expect((await compareIndex({ path, log, vault: log.vault })).findings).toMatchObject([
      { code: 'index-differs' },
    ]);
    const index = await open();
    await index.catchUp();
    expect(await index.count('')).toBe(log.entries.length);
    expect(await index.count('action:export')).toBe(12);
    index.close();
  });

  it('notices while it is open', async () => {
    add(30);
    const index = await open();
    await index.catchUp();
    log.entries.splice(5);
    add(3, 'export');
    expect(await index.catchUp()).toBe(8);
    expect(await index.count('action:read')).toBe(5);
    index.close();
  });
});

describe('without a vault', () => {
  it('finds all but persons', async () => {
    add(5);
    const index = await open({ vault: undefined });
    await index.catchUp();
    expect(await index.count('action:read')).toBe(5);
    await expect(index.count('actor:employee:e-1')).rejects.toMatchObject({ code: 'INDEX_NEEDS_VAULT' });
    index.close();
    expect((await compareIndex({ path, log })).findings).toEqual([]);
  });

  it('does not go on with an index that holds persons, and one with a vault makes anew what holds none', async () => {
    add(5);
    const bare = await open({ vault: undefined });
    await bare.catchUp();
    bare.close();
    const full = await open();
    await full.catchUp();
    expect(await full.count('actor:employee:e-1')).toBe(2);
    full.close();
    const again = await open({ vault: undefined });
    expect(await again.count('action:read')).toBe(5);
    await expect(again.catchUp()).rejects.toMatchObject({ code: 'INDEX_NEEDS_VAULT' });
    again.close();
  });

  it('there is nothing to read before there is an index', async () => {
    await expect(open({ mode: 'read' })).rejects.toMatchObject({ code: 'INDEX_MISSING' });
  });
});
