import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseUuid } from '@zegel/core';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { type CopyOptions, copyLog, type CopyReport } from '../src/copy/copy-log.ts';
import type { LogStore, StoredHead } from '../src/port.ts';
import { openLog } from '../src/open.ts';
import { openReader } from '../src/reader.ts';
import { openStoreAt } from '../src/stores.ts';
import { parseLocation } from '../src/location.ts';
import { coded, entries, event, opened, parsed, place, sound } from './log-place.ts';

/** A log of `count` events in commits of its own. */
async function logOf(count: number): Promise<string> {
  const dir = place();
  await grow(dir, 0, count);
  return dir;
}

async function grow(dir: string, from: number, count: number): Promise<void> {
  const log = await opened(dir);
  for (let n = from; n < from + count; n++) await log.append([event(n, { id: `event-${n}` })]);
  await log.close();
}

function copied(from: string, to: string, options: CopyOptions = {}): Promise<CopyReport> {
  return copyLog(from, to, options);
}

function target(): string {
  return join(place(), 'copy');
}

async function withStore<T>(dir: string, work: (store: LogStore) => Promise<T>): Promise<T> {
  const store = await openStoreAt(parseLocation(dir), { mode: 'write' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

function heads(dir: string): Promise<readonly StoredHead[]> {
  return withStore(dir, (store) => store.heads(0, Number.MAX_SAFE_INTEGER, 10_000));
}

/** Destroys whom the entries are about and removes their bodies, as retention does. */
async function pruned(dir: string, first: number, last: number): Promise<void> {
  const log = await opened(dir);
  const numbers: Uint8Array[] = [];
  for await (const chunk of log.read(first, last + 1))
    for (const entry of chunk) {
      const { id, actor, subjects } = parsed(entry) as {
        id: string;
        actor: { person: { ptr: string } };
        subjects: { ptr: string }[];
      };
      const people = [actor.person.ptr, '', ...subjects.map(({ ptr }) => ptr)];
      for (const [at, ptr] of people.entries())
        if (ptr !== '') numbers.push(log.vault.numberOf(parseUuid(id), at, ptr));
    }
  const [activity, rule] = ['general', 'retention'];
  await log.destroy({ numbers, activity, rule });
  const ranges = [[first, last]] as const;
  const body = { activity, rule, cutoff: new Date().toISOString(), handles: [], ranges };
  const { index } = await log.record({ kind: 'retention', bodies: [body] });
  await log.close();
  await withStore(dir, (store) => store.prune({ by: index, ranges }));
}

describe('a copy', () => {
  test('has the same entries, ids and newest checkpoint, signature and all', async () => {
    const from = await logOf(40);
    const to = target();
    const report = await copied(from, to);
    expect(report).toMatchObject({ size: 42, before: 0, copied: 42, keysCopied: true, checkpoints: 1 });
    expect((await heads(to)).at(-1)).toEqual((await heads(from)).at(-1));
    await sound(to);
    const [one, other] = [await opened(from), await opened(to)];
    expect(await entries(other)).toEqual(await entries(one));
    const { id } = (await entries(one))[7] ?? {};
    expect(await other.findById(parseUuid(String(id)))).toBe(7);
  });

  test('can be written to, and knows its events and persons', async () => {
    const from = await logOf(5);
    const to = target();
    await copied(from, to);
    const log = await opened(to);
    const [again] = await log.append([event(2, { id: 'event-2' })]);
    expect(again?.index).toBe(4);
    await expect(log.append([event(99, { id: 'event-2' })])).rejects.toEqual(coded('ID_CONFLICT'));
    expect(log.vault.handlesOf('customer', 'c-3')).toHaveLength(1);
    const [fresh] = await log.append([event(3)]);
    expect(fresh?.index).toBe(7);
    expect(log.vault.handlesOf('customer', 'c-3')).toHaveLength(1);
    await log.close();
    await sound(to);
  });

  test('with all checkpoints has every one of them', async () => {
    const from = await logOf(12);
    const to = target();
    expect(await copied(from, to, { allCheckpoints: true })).toMatchObject({ checkpoints: 13 });
    expect(await heads(to)).toEqual(await heads(from));
  });

  test('under one key folder leaves it as it is', async () => {
    const from = await logOf(3);
    const to = target();
    const keys = join(from, 'keys');
    expect(await copied(from, to, { keys })).toMatchObject({ keysCopied: false, keys });
    expect(existsSync(join(to, 'keys'))).toBe(false);
    await sound(to, keys);
  });

  test('gets keys for the eyes of their owner alone', async () => {
    const to = target();
    await copied(await logOf(1), to);
    expect(statSync(join(to, 'keys')).mode & 0o777).toBe(0o700);
    expect(statSync(join(to, 'keys', 'log.key')).mode & 0o777).toBe(0o600);
  });

  test('of an old vault that was put back has nobody in it who was destroyed', async () => {
    const from = await logOf(3);
    copyFileSync(join(from, 'vault.db'), join(from, 'old'));
    const log = await opened(from);
    const numbers = log.vault.handlesOf('customer', 'c-1').map(({ number }) => number);
    await log.destroy({ numbers, activity: 'general', rule: 'erasure' });
    await log.close();
    renameSync(join(from, 'old'), join(from, 'vault.db'));
    const to = target();
    await copied(from, to);
    await sound(to);
    expect((await opened(to)).vault.handlesOf('customer', 'c-1')).toEqual([]);
  });

  test('leaves out bodies that were pruned and handles that were destroyed', async () => {
    const from = await logOf(30);
    await pruned(from, 5, 14);
    await grow(from, 100, 3);
    const to = target();
    await copied(from, to);
    await sound(to);
    await using log = await openReader(to);
    const gone: number[] = [];
    for await (const chunk of log.read(0, 100))
      for (const { index, bytes } of chunk) if (bytes === undefined) gone.push(index);
    expect(gone).toEqual([5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);
    const written = await opened(to);
    expect(written.vault.handlesOf('customer', 'c-5')).toEqual([]);
    await using source = await openReader(from);
    for (const index of [5, 14]) expect(await log.prove(index)).toBe(await source.prove(index));
    expect(await inIds(to)).toEqual(await inIds(from));
  });
});

async function inIds(dir: string): Promise<string[]> {
  const rows: string[] = [];
  await withStore(dir, async (store) => {
    for await (const chunk of store.idRows())
      for (const { id, part, index } of chunk)
        rows.push(`${Buffer.from(id).toString('hex')} ${part} ${index}`);
  });
  return rows;
}

describe('copying again', () => {
  test('goes on where the target ends, and has nothing to do when it is whole', async () => {
    const from = await logOf(10);
    const to = target();
    await copied(from, to);
    await grow(from, 10, 10);
    expect(await copied(from, to)).toMatchObject({ before: 12, copied: 10, handles: 10, keysCopied: false });
    expect(await copied(from, to)).toMatchObject({ before: 22, copied: 0, handles: 0, checkpoints: 0 });
    await sound(to);
  });

  test('what was destroyed meanwhile is destroyed in the copy as well', async () => {
    const from = await logOf(6);
    const to = target();
    await copied(from, to);
    const log = await opened(from);
    const numbers = log.vault.handlesOf('customer', 'c-4').map(({ number }) => number);
    await log.destroy({ numbers, activity: 'general', rule: 'erasure' });
    await log.close();
    await copied(from, to);
    await sound(to);
    expect((await opened(to)).vault.handlesOf('customer', 'c-4')).toEqual([]);
  });

  test('a copy that is not whole yet is not written to, and the next one goes on', async () => {
    const from = await logOf(10);
    const to = target();
    const onProgress = (doing: string, done: number): void => {
      if (doing === 'copying' && done === 5) throw new Error('dead');
    };
    await expect(copied(from, to, { allCheckpoints: true, onProgress })).rejects.toThrow('dead');
    await expect(openLog(to)).rejects.toEqual(coded('LOG_TRUNCATED'));
    expect(await copied(from, to)).toMatchObject({ before: 5, copied: 7, keysCopied: false });
    await sound(to);
  });

  test('killed at each step, goes on to the same log', { timeout: 120_000 }, async () => {
    const from = await logOf(20);
    const to = target();
    let deaths = 0;
    while (await isKilled(from, to, deaths)) deaths++;
    expect(deaths).toBeGreaterThan(4);
    expect(await copied(from, to)).toMatchObject({ size: 22, before: 22 });
    expect(await heads(to)).toEqual(await heads(from));
    await sound(to);
  });
});

/** Copies in another process, which is killed at its n-th step; whether it came to so many. */
async function isKilled(from: string, to: string, nth: number): Promise<boolean> {
  try {
    await promisify(execFile)(process.execPath, [
      join(import.meta.dirname, 'copy-main.ts'),
      from,
      to,
      `${nth}`,
    ]);
    return false;
  } catch (error) {
    if (error instanceof Error && 'signal' in error && error.signal === 'SIGKILL') return true;
    throw error;
  }
}

describe('what is refused', () => {
  test('a source that does not verify', async () => {
    const from = await logOf(5);
    const db = new Database(join(from, 'log.db'));
    db.exec('DROP TRIGGER chunk_update; UPDATE chunk SET body = zeroblob(length(body)) WHERE first = 2');
    db.close();
    const to = target();
    await expect(copied(from, to)).rejects.toEqual(coded('LOG_DAMAGED'));
    expect(existsSync(to)).toBe(false);
  });

  test('a source that another key than the one given has signed', async () => {
    const from = await logOf(2);
    await using other = await openReader(await logOf(1));
    await expect(copied(from, target(), { vkey: other.vkey })).rejects.toEqual(coded('LOG_DAMAGED'));
  });

  test('a target that holds another log, or one that was written to', async () => {
    const from = await logOf(5);
    const keys = join(from, 'keys');
    await expect(copied(from, await logOf(2))).rejects.toEqual(coded('KEY_MISMATCH'));
    const to = target();
    await copied(from, to, { keys });
    rmSync(join(to, 'vault.db'));
    await copied(from, to, { keys });
    const log = await opened(to, { keys });
    await log.append([event(50)]);
    await log.close();
    await expect(copied(from, to, { keys })).rejects.toEqual(coded('LOG_FORKED'));
  });

  test('a target that went another way, to fewer entries than the source has', async () => {
    const from = await logOf(5);
    const to = target();
    await copied(from, to);
    await grow(to, 50, 1);
    await grow(from, 60, 3);
    await expect(copied(from, to)).rejects.toMatchObject({
      code: 'LOG_FORKED',
      message: expect.stringContaining('other entries than the source below 8') as string,
    });
    await sound(to);
  });

  test('itself, a log without its key, a place that is none', async () => {
    const from = await logOf(1);
    await expect(copied(from, `${from}/`)).rejects.toEqual(coded('LOG_URL'));
    await expect(copied(from, 'ftp://elsewhere/log')).rejects.toEqual(coded('LOG_URL'));
    const empty = place();
    mkdirSync(join(empty, 'keys'));
    await expect(copied(from, target(), { keys: join(empty, 'keys') })).rejects.toEqual(coded('KEY_MISSING'));
    const stranger = join(await logOf(1), 'keys');
    await expect(copied(from, target(), { keys: stranger })).rejects.toEqual(coded('KEY_MISMATCH'));
    expect(readFileSync(join(from, 'keys', 'log.key'), 'utf8')).not.toBe('');
  });
});
