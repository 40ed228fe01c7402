import { cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { headNote } from '../src/head-note.ts';
import { keepNewest } from '../src/keys/proved.ts';
import { SignedFile } from '../src/keys/signed-file.ts';
import { openLog } from '../src/open.ts';
import type { LogStore } from '../src/port.ts';
import { openReader } from '../src/reader.ts';
import { builtinRegister } from '../src/register/builtin.ts';
import { coded, event, opened, place, sound } from './log-place.ts';

/** A log of `count` events, closed. */
async function logOf(count: number): Promise<string> {
  const dir = place();
  const log = await opened(dir);
  for (let i = 0; i < count; i++) await log.append([event(i)]);
  await log.close();
  return dir;
}

/** A copy of a whole log folder. */
function copy(dir: string): string {
  const to = place();
  cpSync(dir, to, { recursive: true });
  return to;
}

async function append(dir: string, ...numbers: readonly number[]): Promise<void> {
  const log = await opened(dir);
  for (const n of numbers) await log.append([event(n)]);
  await log.close();
}

/** Edits the file of a log under whoever has it open. */
function edit(dir: string, sql: string): void {
  const db = new Database(join(dir, 'log.db'));
  db.exec(sql);
  db.close();
}

function putBack(from: string, to: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(join(to, `log.db${suffix}`), { force: true });
  cpSync(join(from, 'log.db'), join(to, 'log.db'));
}

describe('a log that lost its tail', () => {
  test('is not opened, nor signed by a newer register', async () => {
    const dir = await logOf(2);
    const old = copy(dir);
    await append(dir, 3);
    const signed = readFileSync(join(dir, 'keys', 'signed'));
    putBack(old, dir);
    await expect(openLog(dir)).rejects.toEqual(coded('LOG_TRUNCATED'));
    await expect(openLog(dir, { register: { ...builtinRegister, date: '2025-01-01' } })).rejects.toEqual(
      coded('LOG_TRUNCATED'),
    );
    await using reader = await openReader(dir);
    expect(await reader.size()).toBe(4);
    expect(readFileSync(join(dir, 'keys', 'signed')).equals(signed)).toBe(true);
  });

  test('is not appended to by a writer that has it open', async () => {
    const dir = await logOf(2);
    const log = await opened(dir);
    await log.append([event(3), event(4)]);
    edit(
      dir,
      'DROP TRIGGER chunk_delete; DROP TRIGGER head_delete; DELETE FROM chunk WHERE first >= 4; DELETE FROM head WHERE size > 4',
    );
    await expect(log.append([event(5)])).rejects.toEqual(coded('LOG_TRUNCATED'));
    await expect(log.append([event(5)])).rejects.toEqual(coded('LOG_TRUNCATED'));
    await log.close();
    await expect(openLog(dir)).rejects.toEqual(coded('LOG_TRUNCATED'));
  });
});

describe('a log with another history', () => {
  test('of the same size or longer is not opened', async () => {
    const dir = await logOf(1);
    const other = copy(dir);
    await append(dir, 1, 2);
    await append(other, 3, 4);
    const longer = copy(other);
    await append(longer, 5);
    for (const fork of [other, longer]) {
      putBack(fork, dir);
      await expect(openLog(dir)).rejects.toEqual(coded('LOG_FORKED'));
    }
  });

  test('of the same size is not appended to by a writer that has it open', async () => {
    const dir = await logOf(1);
    const log = await opened(dir);
    await log.append([event(2)]);
    edit(dir, 'DROP TRIGGER head_update; UPDATE head SET root = zeroblob(32) WHERE size = 4');
    await expect(log.append([event(5)])).rejects.toEqual(coded('LOG_FORKED'));
    await log.close();
  });
});

describe('the last checkpoint signed', () => {
  test('follows every commit and survives a copy that has a line feed more', async () => {
    const dir = place();
    const log = await opened(dir);
    const file = join(dir, 'keys', 'signed');
    for (let i = 0; i < 12; i++) {
      await log.append([event(i)]);
      expect(readFileSync(file, 'utf8')).toBe(await log.checkpoint());
    }
    await log.close();
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n`);
    await sound(dir);
    await append(dir, 1);
  });

  test('ends at the newest even when another writer was faster between commit and writing', async () => {
    const dir = place();
    const log = await opened(dir);
    for (let i = 0; i < 9; i++) await log.append([event(i)]);
    const heads = await log.heads(3, 100, 100);
    await log.close();
    const file = new SignedFile(join(dir, 'keys'));
    onTestFinished(() => file.close());
    // The head moves on after each writing, as when others commit meanwhile.
    const looks = [...heads];
    const store = {
      head: () => Promise.resolve(looks.length > 1 ? looks.shift() : looks[0]),
    } as unknown as LogStore;
    await keepNewest(store, file, log, 3);
    expect(file.read(log.vkey)?.size).toBe(11);
    // One who signs with another key is not taken for ours.
    const forged = {
      head: () => Promise.resolve({ ...heads[0], signatures: Buffer.alloc(68) }),
    } as unknown as LogStore;
    await expect(keepNewest(forged, file, log, 0)).rejects.toThrow();
    expect(file.read(log.vkey)?.size).toBe(11);
  });

  test('is not put back by an older one', async () => {
    const dir = place();
    const log = await opened(dir);
    for (let i = 0; i < 9; i++) await log.append([event(i)]);
    const [older, newer] = (await log.heads(10, 100, 100)).map((head) => headNote(log.origin, head));
    await log.close();
    const [one, two] = [new SignedFile(join(dir, 'keys')), new SignedFile(join(dir, 'keys'))];
    onTestFinished(() => [one, two].forEach((file) => file.close()));
    one.write(older ?? '');
    expect(two.read(log.vkey)?.size).toBe(10);
    one.advance(newer ?? '', 11, log.vkey);
    two.advance(older ?? '', 10, log.vkey);
    one.advance(older ?? '', 10, log.vkey);
    expect(two.read(log.vkey)?.size).toBe(11);
  });

  test('ends at the newest when two writers commit in turn, and is behind a receipt for a moment at most', async () => {
    const dir = place();
    const [one, two] = [await opened(dir), await opened(dir)];
    const kept = (): number => Number(readFileSync(join(dir, 'keys', 'signed'), 'utf8').split('\n')[1]);
    await Promise.all(
      [one, two].map(async (log) => {
        for (let i = 0; i < 60; i++) {
          const [receipt] = await log.append([event(i)]);
          // The other one may just be writing what is older by one, and finds the newer one right after.
          await vi.waitFor(() => expect(kept()).toBeGreaterThan(receipt?.index ?? 0), 5_000);
        }
      }),
    );
    await one.close();
    await two.close();
    expect(kept()).toBe(122);
    expect((await sound(dir)).size).toBe(122);
  });
});

describe('a closed log', () => {
  test('finishes what was under way, then takes nothing', async () => {
    const dir = place();
    const log = await opened(dir);
    const calls = Array.from({ length: 50 }, (_, i) => log.append([event(i)]));
    const closing = log.close();
    expect((await Promise.all(calls)).flat()).toHaveLength(50);
    await closing;
    await expect(log.append([event(1)])).rejects.toEqual(coded('LOG_CLOSED'));
    await expect(log.appendEach([event(1)])).rejects.toEqual(coded('LOG_CLOSED'));
    await expect(
      log.record({ kind: 'heartbeat', bodies: [{ next: '2027-01-01T00:00:00.000Z' }] }),
    ).rejects.toEqual(coded('LOG_CLOSED'));
    await expect(
      log.destroy({ numbers: [Buffer.alloc(16)], activity: 'general', rule: 'erasure' }),
    ).rejects.toEqual(coded('LOG_CLOSED'));
    await log.close();
    expect((await sound(dir)).size).toBe(52);
  });
});

describe('a worker that dies', () => {
  test.each([0, 1])('fails what is under way and what comes after (worker %i)', async (which) => {
    const dir = place();
    const workers: Worker[] = [];
    const listen = (worker: Worker): void => void workers.push(worker);
    process.on('worker', listen);
    onTestFinished(() => void process.off('worker', listen));
    const log = await opened(dir);
    await log.append([event(1)]);
    const calls = Array.from({ length: 20 }, (_, i) => log.append([event(i)]));
    const settled = Promise.allSettled(calls);
    await workers[which]?.terminate();
    const results = await settled;
    const codes = results.flatMap((r) =>
      r.status === 'rejected' ? [(r.reason as { code: string }).code] : [],
    );
    expect([...new Set(codes)]).toEqual(['LOG_FAILED']);
    await expect(log.append([event(1)])).rejects.toEqual(coded('LOG_FAILED'));
    await log.close();
    const acknowledged = results.filter((r) => r.status === 'fulfilled').length;
    expect((await sound(dir)).size).toBeGreaterThanOrEqual(3 + acknowledged);
    await append(dir, 7);
    await sound(dir);
  });
});

describe('a file that is moved away or replaced under a running writer', () => {
  test.each([
    ['log.db', 'STORE_NOT_FOUND'],
    ['vault.db', 'VAULT_MISSING'],
  ])('%s: nothing more is acknowledged, until it is back', async (name, code) => {
    const dir = place();
    const log = await opened(dir);
    await log.append([event(1)]);
    const [file, aside] = [join(dir, name), join(dir, 'aside.db')];
    renameSync(file, aside);
    await expect(log.append([event(2)])).rejects.toEqual(coded(code));
    cpSync(aside, file);
    await expect(log.append([event(3)])).rejects.toEqual(coded(code));
    renameSync(aside, file);
    await log.append([event(4)]);
    await log.close();
    expect((await sound(dir)).size).toBe(4);
  });
});
