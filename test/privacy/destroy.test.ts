import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkTlogProof, parseVkey } from '@zegel/core';
import { openLog, openVaultReader } from '@zegel/log';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { about, opened, opening, place, secretsOf, vaultFiles, verified } from './erasure.ts';
import { rawFound } from './needles.ts';
import { Second } from './second.ts';

const rule = { activity: 'general', rule: 'erasure' } as const;

const b64 = (numbers: readonly Uint8Array[]): string[] =>
  numbers.map((n) => Buffer.from(n).toString('base64url'));

/** Put back as a backup would be: the file of then, nothing else. */
function putBack(vault: string, dir: string): void {
  for (const suffix of ['-wal', '-shm']) rmSync(join(dir, `vault.db${suffix}`), { force: true });
  copyFileSync(vault, join(dir, 'vault.db'));
}

describe('destroying the handles of a person', () => {
  test('leaves proofs, chain and signatures good, and of the person nothing on any page', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([
      about('anna', { id: 'call-1' }),
      about('bert'),
      about('anna', { case: 'order-1' }),
      about('anna', { confidential: true }),
    ]);
    const proofs = await Promise.all(
      [0, 1, 2, 3, 4, 5].map(async (i) => ({
        proof: await log.prove(i),
        entry: (await log.entry(i)).bytes ?? new Uint8Array(),
      })),
    );
    const { numbers, secrets } = secretsOf(dir, log, 'anna');
    expect(numbers).toHaveLength(3);
    expect(rawFound(vaultFiles(dir), secrets).length).toBeGreaterThan(Object.keys(secrets).length / 2);
    const { receipt, destroyed } = await log.destroy({ numbers, ...rule });
    expect(destroyed).toBe(3);
    expect(rawFound(vaultFiles(dir), secrets)).toEqual([]); // while everything is open
    const entry = JSON.parse(Buffer.from((await log.entry(receipt.index)).bytes ?? '').toString()) as {
      kind: string;
      handles: string[];
    };
    expect(entry.kind).toBe('retention');
    expect(entry.handles).toEqual(numbers.map((n) => Buffer.from(n).toString('base64url')).sort());
    expect(log.vault.handlesOf('customer', 'anna')).toEqual([]);
    for (const { proof, entry: bytes } of proofs)
      expect(checkTlogProof({ proof, entry: bytes, verifiers: [parseVkey(log.vkey)] })).toMatchObject({
        ok: true,
      });
    await log.close();
    expect(rawFound(vaultFiles(dir), secrets)).toEqual([]);
    expect(await verified(dir)).toEqual({ size: 7, codes: [] });
    expect((await opening(dir)).slice(2)).toEqual([undefined, 'bert', undefined, undefined, undefined]);
  });

  test('leaves no stale copy where pages were split, merged and moved', async () => {
    const dir = place();
    const log = await opened(dir);
    const ids = Array.from({ length: 1500 }, (_, i) => `person-${(i * 7919) % 1500}`);
    for (let at = 0; at < ids.length; at += 50)
      await log.append(
        ids.slice(at, at + 50).map((id, i) => about(id, i % 5 === 0 ? { id: `call-${id}` } : {})),
      );
    // A third of them in runs of different sizes, one after the other.
    for (let at = 0; at < 500; ) {
      const run = ids.slice(at, at + 1 + (at % 60));
      at += run.length;
      const gone = run.map((id) => secretsOf(dir, log, id));
      await log.destroy({ numbers: gone.flatMap((g) => g.numbers), ...rule });
      expect(
        rawFound(
          vaultFiles(dir),
          Object.assign({}, ...gone.map((g) => g.secrets)) as Record<string, Uint8Array>,
        ),
      ).toEqual([]);
    }
    await log.close();
    expect((await verified(dir)).codes).toEqual([]);
  });

  test('makes the next entry about the person use a new handle, in every process', async () => {
    const dir = place();
    const log = await opened(dir);
    const second = new Second(dir);
    await second.tell('open');
    await second.tell('append', [about('anna')]);
    await log.append([about('anna')]);
    expect(await second.tell('whom', 2)).toBe('anna');
    const { numbers, secrets } = secretsOf(dir, log, 'anna');
    await log.destroy({ numbers, ...rule });
    expect(await second.tell('whom', 2)).toBeNull(); // it has no memory of its own either
    expect(await second.tell('live', 'anna')).toEqual([]);
    await second.tell('append', [about('anna')]);
    await log.append([about('anna')]);
    expect(log.vault.handlesOf('customer', 'anna')).toHaveLength(1);
    await second.tell('close');
    await log.close();
    expect(await verified(dir)).toEqual({ size: 7, codes: [] });
    expect((await opening(dir)).slice(2)).toEqual([undefined, undefined, undefined, 'anna', 'anna']);
    const { [`token of anna`]: _, ...gone } = secrets; // the person is back under a new handle
    expect(rawFound(vaultFiles(dir), gone)).toEqual([]);
  });

  test('while appends of two processes about the person go on', async () => {
    const dir = place();
    const log = await opened(dir);
    const second = new Second(dir);
    await second.tell('open');
    await log.append([about('anna')]);
    const storm = second.tell('storm', 'anna', 150);
    const mine = (async () => {
      for (let i = 0; i < 60; i++) await log.append([about('anna')]);
    })();
    let destroyed = 0;
    for (let i = 0; i < 8; i++) {
      const numbers = log.vault.handlesOf('customer', 'anna').map((h) => h.number);
      if (numbers.length > 0) destroyed += (await log.destroy({ numbers, ...rule })).destroyed;
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    await Promise.all([storm, mine]);
    expect(destroyed).toBeGreaterThan(1);
    await second.tell('close');
    await log.close();
    expect((await verified(dir)).codes).toEqual([]);
  });

  test('waits for another process that is reading the vault, and then leaves nothing in its journal', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([about('anna'), about('bert')]);
    const { numbers, secrets } = secretsOf(dir, log, 'anna');
    const second = new Second(dir);
    await second.tell('read'); // holds what it sees
    let done = false;
    const destroying = log.destroy({ numbers, ...rule }).finally(() => {
      done = true;
    });
    await log.append([about('carl')]); // goes on meanwhile
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(done).toBe(false);
    await second.tell('release');
    await destroying;
    expect(rawFound(vaultFiles(dir), secrets)).toEqual([]);
    await log.close();
    expect((await verified(dir)).codes).toEqual([]);
  });
});

describe('between the entry and the destruction', () => {
  test('kill -9: the next opening destroys before it answers, also as a mere reader', async () => {
    for (const open of ['log', 'vault'] as const) {
      const dir = place();
      const log = await opened(dir);
      await log.append([about('anna'), about('bert')]);
      const { numbers, secrets } = secretsOf(dir, log, 'anna');
      await log.close();
      const second = new Second(dir, true);
      await second.tell('open');
      // It dies between the two steps.
      await expect(second.tell('destroy', b64(numbers))).rejects.toThrow('gone');
      expect(rawFound(vaultFiles(dir), secrets)).not.toEqual([]);
      const reader = open === 'vault' ? await openVaultReader(dir) : undefined;
      const again = open === 'log' ? await openLog(dir) : undefined;
      expect((reader ?? again?.vault)?.handlesOf('customer', 'anna')).toEqual([]);
      expect(rawFound(vaultFiles(dir), secrets)).toEqual([]);
      reader?.close();
      await again?.close();
      expect((await verified(dir)).codes).toEqual([]);
    }
  });

  test('a crash of one process is made good although another destroyed later ones', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([about('anna'), about('bert')]);
    const [anna, bert] = [secretsOf(dir, log, 'anna'), secretsOf(dir, log, 'bert')];
    const second = new Second(dir, true);
    await second.tell('open');
    await expect(second.tell('destroy', b64(anna.numbers))).rejects.toThrow('gone');
    await log.destroy({ numbers: bert.numbers, ...rule });
    await log.close();
    const again = await openLog(dir);
    expect(again.vault.handlesOf('customer', 'anna')).toEqual([]);
    await again.close();
    expect(rawFound(vaultFiles(dir), { ...anna.secrets, ...bert.secrets })).toEqual([]);
    expect((await verified(dir)).codes).toEqual([]);
  });
});

describe('an old vault that is put back', () => {
  test('is healed before it answers', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([about('anna'), about('bert')]);
    await log.close();
    const backup = join(place(), 'backup.db');
    copyFileSync(join(dir, 'vault.db'), backup);
    const again = await opened(dir);
    const { numbers, secrets } = secretsOf(dir, again, 'anna');
    await again.destroy({ numbers, ...rule });
    await again.append([about('bert')]);
    await again.close();
    putBack(backup, dir);
    expect(rawFound(vaultFiles(dir), secrets)).not.toEqual([]);
    expect((await verified(dir)).codes).toContain('handle-undead');
    expect((await opening(dir)).slice(2)).toEqual([undefined, 'bert', undefined, 'bert']);
    expect(rawFound(vaultFiles(dir), secrets)).toEqual([]);
    expect((await verified(dir)).codes).toEqual([]);
  });
});

test('what is sought would be found: without overwriting it is', () => {
  const dir = place();
  const db = new Database(join(dir, 'vault.db'));
  db.pragma('secure_delete = OFF');
  const secret = Buffer.from('0123456789abcdef0123456789abcdef');
  db.exec('CREATE TABLE t (x BLOB)');
  db.prepare('INSERT INTO t VALUES (?)').run(secret);
  db.exec('DELETE FROM t');
  db.close();
  expect(rawFound(dir, { secret })).toEqual(['secret in vault.db']);
});
