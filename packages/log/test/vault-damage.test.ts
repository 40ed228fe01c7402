import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LogError } from '../src/errors.ts';
import { openLog } from '../src/open.ts';
import { openVaultReader } from '../src/open-vault.ts';
import { verifyLog } from '../src/verify/verify.ts';
import { event, opened, ORIGIN, place, sound } from './log-place.ts';

const PAGE = 4096;
/** What SQLite counts for itself, the schema's changes and the release that wrote last, says nothing of the vault. */
const COUNTERS: readonly (readonly [from: number, to: number])[] = [
  [40, 44],
  [96, 100],
];

/** A small log with handles, remembered events and a destruction behind it, closed. */
async function smallLog(dir: string): Promise<void> {
  await using log = await openLog(dir, { create: { origin: ORIGIN } });
  await log.append([1, 2, 3].map((n) => event(n, { id: `call-${n}`, reason: 'a call' })));
  await log.append([event(4, { case: 'order-1' }), event(5, { confidential: true })]);
  const numbers = log.vault.handlesOf('customer', 'c-1').map(({ number }) => number);
  await log.destroy({ numbers, activity: 'general', rule: 'erasure' });
}

/** What verification says of the vault: codes of findings, or the code of the error that it can't be opened by. */
async function answer(dir: string): Promise<readonly string[]> {
  return (await answers(dir)).map(({ code }) => code);
}

async function answers(dir: string): Promise<readonly { readonly code: string; readonly message: string }[]> {
  try {
    const vault = await openVaultReader(dir, { heal: false });
    try {
      const { failures } = await verifyLog(dir, { vault, threads: 0 });
      return failures;
    } finally {
      vault.close();
    }
  } catch (error) {
    if (error instanceof LogError) return [error];
    throw error;
  }
}

function writeVault(dir: string, bytes: Uint8Array): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(join(dir, `vault.db${suffix}`), { force: true });
  writeFileSync(join(dir, 'vault.db'), bytes);
}

/** Everything that the vault's tables say. */
function contents(dir: string): unknown {
  const db = new Database(join(dir, 'vault.db'), { readonly: true });
  const all = ['sqlite_schema', 'secret', 'state', 'handle', 'same'].map((table) =>
    db.prepare(`SELECT * FROM ${table}`).all(),
  );
  db.close();
  return all;
}

describe('a vault', () => {
  let dir: string;
  let whole: Buffer;

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'zegel-log-'));
    await smallLog(dir);
    whole = readFileSync(join(dir, 'vault.db'));
  });

  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  test('as it was left is sound', async () => {
    expect(existsSync(join(dir, 'vault.db-wal'))).toBe(false);
    await sound(dir);
  });

  test.each([
    ['one bit', (at: number) => 1 << (at % 8)],
    ['every bit', () => 0xff],
  ])(
    'with %s of a byte changed is found out, unless nothing stands there',
    async (_, by) => {
      const before = contents(dir);
      const missed: number[] = [];
      let found = 0;
      for (const at of tried(whole)) {
        const bytes = Buffer.from(whole);
        bytes[at] = (bytes[at] ?? 0) ^ by(at);
        writeVault(dir, bytes);
        if ((await answer(dir)).length > 0) found++;
        else if (COUNTERS.some(([from, to]) => at >= from && at < to)) continue;
        else if (whole[at] !== 0 || !sameContents(dir, before)) missed.push(at);
      }
      writeVault(dir, whole);
      expect(missed).toEqual([]);
      expect(found).toBeGreaterThan(100);
    },
    120_000,
  );

  test.each(['secret', 'state', 'handle', 'same', 'sqlite_autoindex_handle_1', 'handle_scope'])(
    'with the page of %s zeroed is found out',
    async (name) => {
      const bytes = Buffer.from(whole);
      const page = rootPage(dir, name);
      bytes.fill(0, (page - 1) * PAGE, page * PAGE);
      writeVault(dir, bytes);
      const [code] = await answer(dir);
      expect(['store-damaged', 'VAULT_DAMAGED']).toContain(code);
      writeVault(dir, whole);
    },
  );

  test('cut short, lengthened, zeroed, or no database at all is found out', async () => {
    for (let length = 0; length < whole.length; length += 1000) {
      writeVault(dir, whole.subarray(0, length));
      const [code] = await answer(dir);
      expect(['store-damaged', 'VAULT_DAMAGED']).toContain(code);
    }
    for (const more of [1, PAGE]) {
      writeVault(dir, Buffer.concat([whole, Buffer.alloc(more, 7)]));
      expect(await answer(dir)).toEqual(['store-damaged']);
    }
    for (const bytes of [Buffer.alloc(whole.length), Buffer.from('a letter\n'.repeat(1000))]) {
      writeVault(dir, bytes);
      expect(await answer(dir)).toEqual(['VAULT_DAMAGED']);
    }
    writeVault(dir, whole);
  });

  test('beside a journal that is none is read without it', async () => {
    for (const wal of [Buffer.alloc(5000, 7), Buffer.alloc(5000)]) {
      writeVault(dir, whole);
      writeFileSync(join(dir, 'vault.db-wal'), wal);
      expect(await answer(dir)).toEqual([]);
    }
    writeVault(dir, whole);
  });
});

test('a vault with the journal of an older one is found out', async () => {
  const dir = place();
  const log = await opened(dir);
  await log.append([event(1)]);
  const wal = join(place(), 'wal');
  copyFileSync(join(dir, 'vault.db-wal'), wal);
  await log.append([event(2)]);
  await log.close();
  copyFileSync(wal, join(dir, 'vault.db-wal'));
  expect(await answer(dir)).not.toEqual([]);
});

test('whatever column of a handle is edited, in any type, is found out', async () => {
  const dir = place();
  await smallLog(dir);
  const whole = readFileSync(join(dir, 'vault.db'));
  for (const column of ['number', 'person', 'activity', 'sort', 'scope', 'month', 'opened', 'box'])
    for (const value of ["''", "x'00'", '7', 'NULL']) {
      const db = new Database(join(dir, 'vault.db'));
      db.unsafeMode();
      db.pragma('writable_schema = ON');
      db.exec(`UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'NOT NULL', ''), 'STRICT', ''), 'BLOB PRIMARY', 'PRIMARY')
        WHERE name = 'handle'`);
      db.pragma('writable_schema = RESET');
      db.exec(`UPDATE handle SET ${column} = ${value} WHERE rowid = (SELECT max(rowid) FROM handle)`);
      db.pragma('journal_mode = DELETE');
      db.close();
      const messages = (await answers(dir)).map(({ message }) => message);
      expect(messages.join('\n'), `${column} = ${value}`).toMatch(/was edited/);
      writeVault(dir, whole);
    }
});

/**
 * The header, every 97th byte of all, which is prime to the size of a page, and every 13th of those that are not zero. Fewer unless all
 * of these are asked for.
 */
function tried(bytes: Uint8Array): readonly number[] {
  const [step, stepUsed] = process.env['ZEGEL_TEST_WHOLE'] === undefined ? [397, 61] : [97, 13];
  const all = [...bytes.keys()];
  const used = all.filter((at) => bytes[at] !== 0);
  return all.filter((at) => at < 100 || at % step === 0).concat(used.filter((_, i) => i % stepUsed === 0));
}

function rootPage(dir: string, name: string): number {
  const db = new Database(join(dir, 'vault.db'), { readonly: true });
  const page = db
    .prepare<[string], number>('SELECT rootpage FROM sqlite_schema WHERE name = ?')
    .pluck()
    .get(name);
  db.close();
  expect(page).toBeGreaterThan(1);
  return page ?? 0;
}

function sameContents(dir: string, before: unknown): boolean {
  try {
    expect(contents(dir)).toEqual(before);
    return true;
  } catch {
    return false;
  }
}
