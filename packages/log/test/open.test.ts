import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { openCheckpoint, parseVkey } from '@zegel/core';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { createLog } from '../src/create.ts';
import { parseLocation } from '../src/location.ts';
import { openLog } from '../src/open.ts';
import { openVaultReader } from '../src/open-vault.ts';
import { openReader } from '../src/reader.ts';
import { coded, entries, event, ORIGIN, opened, place, sound } from './log-place.ts';
import { OtherProcess } from './other-process.ts';

describe('a new log', () => {
  test('has a genesis, a register, keys for its owner only and a signed checkpoint', async () => {
    const dir = place();
    const log = await opened(dir);
    expect((await entries(log)).map((e) => e['kind'])).toEqual(['genesis', 'register']);
    expect([log.origin, await log.size()]).toEqual([ORIGIN, 2]);
    const { checkpoint } = openCheckpoint(await log.checkpoint(), [parseVkey(log.vkey)]);
    expect(checkpoint).toMatchObject({ origin: ORIGIN, size: 2 });
    expect(statSync(join(dir, 'keys')).mode & 0o777).toBe(0o700);
    for (const file of ['log.key', 'kek', 'signed'])
      expect(statSync(join(dir, 'keys', file)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dir, 'keys', 'signed'), 'utf8')).toBe(await log.checkpoint());
    await log.close();
    await sound(dir);
  });

  test('names in its genesis the log that it goes on from', async () => {
    const old = await opened(place());
    const held = await old.checkpoint();
    const log = await opened(place(), { create: { origin: 'shop.example/audit-2', succeeds: { held } } });
    expect((await entries(log))[0]).toMatchObject({ origin: 'shop.example/audit-2', succeeds: { held } });
  });

  test('is not made where there is one', async () => {
    const dir = place();
    await (await opened(dir)).close();
    const before = readFileSync(join(dir, 'keys', 'log.key'), 'utf8');
    await expect(createLog(parseLocation(dir), join(dir, 'keys'), { origin: ORIGIN })).rejects.toEqual(
      coded('LOG_EXISTS'),
    );
    expect(readFileSync(join(dir, 'keys', 'log.key'), 'utf8')).toBe(before);
    await sound(dir);
  });

  test('is made once when three processes start at once', async () => {
    const dir = join(place(), 'audit');
    const three = [new OtherProcess(), new OtherProcess(), new OtherProcess()];
    await Promise.all(three.map((p) => p.tell('open', dir, { create: { origin: ORIGIN } })));
    await Promise.all(three.map((p, i) => p.tell('append', [event(i)])));
    await Promise.all(three.map((p) => p.tell('close')));
    expect((await sound(dir)).size).toBe(5);
    expect(existsSync(join(dir, 'keys', 'kek'))).toBe(true);
  });

  test('goes on with what a crashed attempt left', async () => {
    const dir = place();
    await (await opened(dir)).close();
    for (const file of ['log.db', 'keys/signed', 'keys/kek', 'vault.db']) rmSync(join(dir, file));
    const log = await opened(dir); // of the first attempt the signing key alone was there
    await log.append([event(1)]);
    await log.close();
    expect((await sound(dir)).size).toBe(3);
  });

  test('is not begun anew under the key of a log that is gone', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([event(1)]);
    await log.close();
    const signed = readFileSync(join(dir, 'keys', 'signed'), 'utf8');
    rmSync(join(dir, 'log.db'));
    await expect(opened(dir)).rejects.toEqual(coded('LOG_TRUNCATED'));
    expect(readFileSync(join(dir, 'keys', 'signed'), 'utf8')).toBe(signed);
  });
});

describe('opening', () => {
  test('again, by folder and by file URL, goes on', async () => {
    const dir = place();
    for (const url of [dir, new URL(`file://${dir}`).href]) {
      const log = await opened(url);
      await log.append([event(1)]);
      await log.close();
    }
    expect((await sound(dir)).size).toBe(4);
  });

  test('finds no log', async () => {
    await expect(openLog(join(place(), 'none'))).rejects.toEqual(coded('STORE_NOT_FOUND'));
    await expect(openReader(place())).rejects.toEqual(coded('STORE_NOT_FOUND'));
    await expect(openLog('gopher://x')).rejects.toEqual(coded('LOG_URL'));
    await expect(openLog('')).rejects.toEqual(coded('LOG_URL'));
  });

  test('as a reader needs no keys', async () => {
    const dir = place();
    await (await opened(dir)).close();
    renameSync(join(dir, 'keys'), join(dir, 'elsewhere'));
    await using reader = await openReader(dir);
    expect([reader.origin, await reader.size()]).toEqual([ORIGIN, 2]);
    await expect(openVaultReader(dir)).rejects.toEqual(coded('KEY_MISSING'));
  });
});

describe('keys', () => {
  async function made(): Promise<string> {
    const dir = place();
    const log = await opened(dir);
    await log.append([event(1)]);
    await log.close();
    return dir;
  }

  test.each([
    ['log.key', 'KEY_MISSING'],
    ['kek', 'KEY_MISSING'],
  ])('without %s nothing is opened, nothing made anew', async (file, code) => {
    const dir = await made();
    renameSync(join(dir, 'keys', file), join(dir, file));
    await expect(openLog(dir)).rejects.toEqual(coded(code));
    expect(existsSync(join(dir, 'keys', file))).toBe(false);
    renameSync(join(dir, file), join(dir, 'keys', file));
    await sound(dir);
  });

  test('a key-encryption key that is missing is not replaced by creating', async () => {
    const dir = await made();
    rmSync(join(dir, 'keys', 'kek'));
    await expect(opened(dir)).rejects.toEqual(coded('KEY_MISSING'));
    expect(existsSync(join(dir, 'keys', 'kek'))).toBe(false);
  });

  test.each([
    ['log.key', 'KEY_DAMAGED'],
    ['kek', 'KEY_DAMAGED'],
    ['signed', 'KEY_DAMAGED'],
  ])('a damaged %s is told', async (file, code) => {
    const dir = await made();
    writeFileSync(join(dir, 'keys', file), 'not what it was\n');
    await expect(openLog(dir)).rejects.toEqual(coded(code));
  });

  test('of another name, of the same name, and of another vault do not fit', async () => {
    const [dir, twin, other] = [await made(), await made(), place()];
    await (await opened(other, { create: { origin: 'other.example/audit' } })).close();
    await expect(openLog(dir, { keys: join(other, 'keys') })).rejects.toEqual(coded('KEY_MISMATCH'));
    const mixed = place(); // the twin's signing key, and everything else as it should be
    cpSync(join(dir, 'keys'), mixed, { recursive: true });
    cpSync(join(twin, 'keys', 'log.key'), join(mixed, 'log.key'));
    await expect(openLog(dir, { keys: mixed })).rejects.toEqual(coded('KEY_MISMATCH'));
    cpSync(join(twin, 'keys', 'kek'), join(dir, 'keys', 'kek'));
    await expect(openLog(dir)).rejects.toEqual(coded('KEY_MISMATCH'));
    expect(await (await openReader(dir)).size()).toBe(3);
  });

  test('are where ZEGEL_KEYS says, and the key-encryption key is what ZEGEL_KEK says', async () => {
    const [dir, keys] = [place(), join(place(), 'elsewhere')];
    const kek = Buffer.alloc(32, 7).toString('base64url');
    vi.stubEnv('ZEGEL_KEYS', keys);
    vi.stubEnv('ZEGEL_KEK', kek);
    onTestFinished(() => void vi.unstubAllEnvs());
    const log = await opened(dir);
    await log.append([event(1)]);
    await log.close();
    expect([
      existsSync(join(dir, 'keys')),
      existsSync(join(keys, 'log.key')),
      existsSync(join(keys, 'kek')),
    ]).toEqual([false, true, false]);
    await sound(dir, keys);
    vi.stubEnv('ZEGEL_KEK', Buffer.alloc(32, 8).toString('base64url'));
    await expect(openLog(dir)).rejects.toEqual(coded('KEY_MISMATCH'));
    vi.stubEnv('ZEGEL_KEK', 'short');
    await expect(openLog(dir)).rejects.toEqual(coded('KEY_DAMAGED'));
  });

  test('a vault that is missing or garbage is told, and not replaced', async () => {
    const dir = await made();
    renameSync(join(dir, 'vault.db'), join(dir, 'kept'));
    await expect(openLog(dir)).rejects.toEqual(coded('VAULT_MISSING'));
    writeFileSync(join(dir, 'vault.db'), 'x'.repeat(10_000));
    await expect(openLog(dir)).rejects.toEqual(coded('VAULT_DAMAGED'));
    mkdirSync(join(dir, 'aside'));
    renameSync(join(dir, 'kept'), join(dir, 'vault.db'));
    await sound(dir);
  });
});
