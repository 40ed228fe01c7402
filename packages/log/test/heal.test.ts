import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { readKek } from '../src/keys/key-files.ts';
import { openVaultFile } from '../src/vault/vault-file.ts';
import { readState, type VaultState, writeState } from '../src/vault/vault-state.ts';
import { event, opened, place, sound } from './log-place.ts';

const path = (dir: string): string => join(dir, 'vault.db');

function inVault<T>(dir: string, work: (db: Database.Database) => T): T {
  const db = new Database(path(dir));
  try {
    return work(db);
  } finally {
    db.pragma('journal_mode = DELETE');
    db.close();
  }
}

/** The sealed state and the number that everybody reads, as somebody with the file can take and put them. */
interface Told {
  readonly box: Buffer;
  readonly generation: number;
}

const take = (dir: string): Told =>
  inVault(dir, (db) => ({
    box:
      db.prepare<[], Buffer>(`SELECT box FROM secret WHERE name = 'state'`).pluck().get() ?? Buffer.alloc(0),
    generation: db.prepare<[], number>('SELECT value FROM state').pluck().get() ?? -1,
  }));

const put = (dir: string, { box, generation }: Told): void =>
  inVault(dir, (db) => {
    db.prepare(`UPDATE secret SET box = ? WHERE name = 'state'`).run(box);
    db.prepare('UPDATE state SET value = ?').run(generation);
  });

async function destroyed(dir: string, id: string): Promise<void> {
  const log = await opened(dir);
  const numbers = log.vault.handlesOf('customer', id).map(({ number }) => number);
  expect(numbers).toHaveLength(1);
  await log.destroy({ numbers, activity: 'general', rule: 'erasure' });
  await log.close();
}

/** How many handles a customer has once the log was opened. */
async function handlesAfterOpening(dir: string, id = 'c-1'): Promise<number> {
  const log = await opened(dir);
  const { length } = log.vault.handlesOf('customer', id);
  await log.close();
  return length;
}

/** A log that destroyed the handle of `c-1`, and beside it the vault of before. */
async function withOldVault(): Promise<{ readonly dir: string; readonly old: string }> {
  const dir = place();
  const log = await opened(dir);
  await log.append([1, 2, 3].map((n) => event(n)));
  await log.close();
  expect(await handlesAfterOpening(dir)).toBe(1);
  const old = join(place(), 'vault.db');
  copyFileSync(path(dir), old);
  await destroyed(dir, 'c-1');
  expect(await handlesAfterOpening(dir)).toBe(0);
  return { dir, old };
}

function change(dir: string, more: Partial<VaultState>): void {
  const vault = openVaultFile(dir, readKek(join(dir, 'keys')), false);
  const state = readState(vault);
  expect(state).toBeDefined();
  if (state !== undefined) writeState(vault, { ...state, ...more });
  vault.db.close();
}

describe('an old vault that was put back', () => {
  test('is healed', async () => {
    const { dir, old } = await withOldVault();
    copyFileSync(old, path(dir));
    expect(await handlesAfterOpening(dir)).toBe(0);
    await sound(dir);
  });

  test('is healed although it was given the state of the vault that was there', async () => {
    const { dir, old } = await withOldVault();
    const told = take(dir);
    copyFileSync(old, path(dir));
    put(dir, told);
    expect(await handlesAfterOpening(dir)).toBe(0);
    await sound(dir);
  });

  test('is healed where a later destruction was of a handle that it never had', async () => {
    const { dir, old } = await withOldVault();
    const log = await opened(dir);
    await log.append([event(9)]);
    await log.close();
    await destroyed(dir, 'c-9');
    expect(await handlesAfterOpening(dir)).toBe(0);
    const told = take(dir);
    copyFileSync(old, path(dir));
    put(dir, told);
    expect(await handlesAfterOpening(dir)).toBe(0);
    await sound(dir);
  });

  test.each([
    ['edited', (box: Buffer) => Buffer.from(box.map((b, i) => (i === 20 ? b ^ 1 : b)))],
    ['emptied', () => Buffer.alloc(0)],
  ])('is healed when its state was %s', async (_, edit) => {
    const { dir, old } = await withOldVault();
    copyFileSync(old, path(dir));
    const { box, generation } = take(dir);
    put(dir, { box: edit(box), generation });
    expect(await handlesAfterOpening(dir)).toBe(0);
    await sound(dir);
  });

  test('is healed when its state is of another history', async () => {
    const { dir, old } = await withOldVault();
    copyFileSync(old, path(dir));
    change(dir, { healed: 6, root: Buffer.alloc(32) });
    expect(await handlesAfterOpening(dir)).toBe(0);
    await sound(dir);
  });

  test('is healed when it says that it has seen more than there is', async () => {
    const { dir, old } = await withOldVault();
    copyFileSync(old, path(dir));
    change(dir, { healed: 1000 });
    expect(await handlesAfterOpening(dir)).toBe(0);
    await sound(dir);
  });
});

test('a vault that is healed is left as it is', async () => {
  const { dir } = await withOldVault();
  const told = take(dir);
  const log = await opened(dir);
  await log.append([event(2)]);
  await log.close();
  expect(await handlesAfterOpening(dir, 'c-2')).toBe(1);
  expect(take(dir)).toEqual(told);
});
