import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { parseSkey, parseUuid } from '@zegel/core';
import {
  type AccessEvent,
  builtinRegister,
  copyLog,
  type Log,
  openLog,
  openReader,
  parseRegister,
  type RegisterDocument,
  verifyLog,
} from '@zegel/log';
import type { LogStore } from '@zegel/log/port';
import { openStore as openBucket, prepareBuckets } from '@zegel/store-s3';
import { openStore as openFolder } from '@zegel/store-sqlite';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { ATOMIC, clientOf, SERVERS, versionsOf } from './lib/servers.ts';

const DAY = 86_400_000;
/** Days of the register below, and of the lock of its bucket. */
const [TERM, LOCK] = [10, 30];

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-copied-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Buckets of a log, and a home and keys for this machine. */
async function bucket(endpoint: string, more: string): Promise<{ url: string; name: string }> {
  vi.stubEnv('XDG_DATA_HOME', folder());
  const name = `zegel-${randomBytes(8).toString('hex')}`;
  const url = `s3://${name}/log?endpoint=${endpoint}&region=us-east-1&flush=5&${more}`;
  await prepareBuckets(url, { create: true });
  return { url, name };
}

function event(n: number): AccessEvent {
  return {
    ...{ action: 'read', activity: 'general', fields: ['name'], service: 'shop', case: `case-${n}` },
    actor: { kind: 'anonymous' },
    subjects: [{ type: 'customer', id: `c-${n}` }],
  };
}

/** A log of twelve events, from index 2 on, in three commits. */
async function logAt(url: string, keys: string, register: RegisterDocument = builtinRegister): Promise<void> {
  const log = await openLog(url, { keys, register, create: { origin: 'shop.example/audit' } });
  for (const first of [0, 4, 8]) await log.append([0, 1, 2, 3].map((n) => event(first + n)));
  await log.close();
}

async function numbersIn(log: Log, first: number, last: number): Promise<Uint8Array[]> {
  const numbers: Uint8Array[] = [];
  for await (const entries of log.read(first, last + 1))
    for (const { bytes } of entries) {
      const { id, subjects } = JSON.parse(Buffer.from(bytes ?? []).toString()) as {
        readonly id: string;
        readonly subjects: readonly { readonly ptr: string }[];
      };
      for (const { ptr } of subjects) numbers.push(log.vault.numberOf(parseUuid(id), 2, ptr));
    }
  return numbers;
}

/** Destroys whom the entries are about and removes their bodies, as retention does. */
async function prune(url: string, keys: string, first: number, last: number): Promise<void> {
  const log = await openLog(url, { keys });
  const [activity, rule] = ['general', 'retention'];
  await log.destroy({ numbers: await numbersIn(log, first, last), activity, rule });
  const ranges = [[first, last]] as const;
  const body = { activity, rule, cutoff: new Date().toISOString(), handles: [], ranges };
  const { index } = await log.record({ kind: 'retention', bodies: [body] });
  await log.close();
  const signer = parseSkey(readFileSync(join(keys, 'log.key'), 'utf8').trim());
  const store: LogStore = url.startsWith('s3:')
    ? await openBucket(url, { mode: 'write', signer })
    : await openFolder(url, { mode: 'write' });
  await store.prune({ by: index, ranges });
  await store.close();
}

/** All that two places of one log have in common: what is there, what is gone, and what was signed. */
async function contents(url: string): Promise<unknown> {
  const reader = await openReader(url);
  const { failures, warnings, pruned, root, size } = await verifyLog(url);
  expect([...failures, ...warnings]).toEqual([]);
  const entries: unknown[] = [];
  for await (const chunk of reader.read(0, size))
    for (const { index, leafHash, bytes } of chunk)
      entries.push([index, hex(leafHash), bytes && Buffer.from(bytes).toString()]);
  const { origin } = reader;
  const checkpoint = await reader.checkpoint();
  await reader.close();
  return { pruned, root, size, origin, checkpoint, entries };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe.each(SERVERS)('a log is copied, $mode (needs a server in $variable)', ({ endpoint = '' }) => {
  describe.skipIf(endpoint === '')('and what was pruned', () => {
    test('in a folder stays so in a bucket, and what is pruned there so in a folder', async () => {
      const [here, keys, back] = [join(folder(), 'log'), folder(), join(folder(), 'log')];
      const there = (await bucket(endpoint, 'lock=none')).url;
      await logAt(here, keys);
      await prune(here, keys, 4, 7);
      await copyLog(here, there, { keys });
      const copied = await contents(there);
      expect(copied).toMatchObject({ pruned: 4, size: 16 });
      expect(copied).toEqual(await contents(here));
      // Amid a segment from which bodies are gone already.
      await prune(there, keys, 9, 10);
      await copyLog(there, back, { keys });
      const again = await contents(back);
      expect(again).toMatchObject({ pruned: 6, size: 18 });
      expect(again).toEqual(await contents(there));
    });
  });
});

describe.skipIf(ATOMIC.endpoint === undefined)('a copied log (needs a server in ZEGEL_TEST_S3)', () => {
  test('is locked for no longer than its terms, and verifies so', async () => {
    const { endpoint = '' } = ATOMIC;
    const register = parseRegister({
      ...builtinRegister,
      date: '2026-01-01',
      activities: {
        general: {
          ...builtinRegister.activities['general'],
          retention: [{ after: 'recorded', period: `P${TERM}D` }],
        },
      },
    });
    const [here, keys] = [join(folder(), 'log'), folder()];
    const { url, name } = await bucket(endpoint, `lock=compliance&lock-days=${LOCK}`);
    await logAt(here, keys, register);
    await prune(here, keys, 4, 7);
    await copyLog(here, url, { keys });
    expect(await contents(url)).toMatchObject({ pruned: 4 });
    const log = await openLog(url, { keys });
    await log.append([event(99)]);
    await log.close();
    expect(await contents(url)).toMatchObject({ size: 17 });
    const client = clientOf(endpoint);
    onTestFinished(() => client.destroy());
    const days = new Map<string, number>();
    for (const { Key, VersionId } of await versionsOf(client, name, 'log/')) {
      const head = await client.send(new HeadObjectCommand({ Bucket: name, Key, VersionId }));
      const left = ((head.ObjectLockRetainUntilDate?.getTime() ?? 0) - Date.now()) / DAY;
      days.set(Key.replace(/^log\/|0{10,15}/g, ''), Math.ceil(left));
    }
    expect(Object.fromEntries(days)).toEqual({
      'seg/0': TERM,
      'seg/16': TERM,
      'checkpoint/16': LOCK,
      'checkpoint/17': LOCK,
    });
  });
});
