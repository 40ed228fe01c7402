import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Log, openLog, openReader, openVaultReader } from '@zegel/log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareIndex, indexVault, openIndex, startIndexer } from '../src/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-worker-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const event = (n: number) => ({
  ...{
    occurred: new Date(Date.UTC(2026, 0, 1, 0, n)).toISOString(),
    action: 'read',
    activity: 'general',
    service: 'test',
  },
  actor: { kind: 'employee', type: 'employee', id: `emp-${n % 2}`, role: 'support' },
  subjects: [{ type: 'customer', id: `anna-${n % 5}`, involvement: 'target' }],
  fields: ['email'],
  trace: { trace: `4bf92f3577b34da6a3ce929d0e0e473${n % 3}`, span: '00f067aa0ba902b7' },
});

async function fill(log: Log, from: number, count: number): Promise<void> {
  await log.append(Array.from({ length: count }, (_, i) => event(from + i)) as never);
}

describe('startIndexer', () => {
  it('follows a real log in a thread of its own, with persons and traces', { timeout: 60_000 }, async () => {
    const log = await openLog(dir, { create: { origin: 'test.example/worker' } });
    await fill(log, 0, 30);
    const indexer = startIndexer({ log: dir });
    const reader = await openReader(dir);
    await indexer.reached(await reader.size());
    await fill(log, 30, 30);
    await indexer.reached(await reader.size());
    for (let n = 60; n < 80; n++) {
      await fill(log, n, 1);
      await indexer.reached(await reader.size());
    }
    await indexer.stop();
    await log.close();

    const vault = await openVaultReader(dir);
    const path = join(dir, 'index.db');
    const own = indexVault(vault, reader.origin);
    const index = await openIndex({ path, log: reader, vault: own, mode: 'read' });
    expect(await index.count('kind:access')).toBe(80);
    for (const [text, hits] of [
      ['subject:customer:anna-1 actor:employee:emp-0', 8],
      ['trace:4bf92f3577b34da6a3ce929d0e0e4731', 27],
      ['operation:general.read role:support field:email', 80],
      ['on:2026-01-01 -actor:employee:emp-1', 40],
    ] as const) {
      const { indexes } = await index.search(text, { limit: 100 });
      expect(indexes, text).toHaveLength(hits);
      expect(await index.fetch(text, indexes)).toMatchObject({ findings: [], entries: { length: hits } });
    }
    index.close();
    expect(await compareIndex({ path, log: reader, vault: own })).toMatchObject({
      findings: [],
      covered: await reader.size(),
    });
    const files = Buffer.concat(
      [path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => readFileSync(file)),
    );
    for (const clear of ['anna-1', 'emp-0', '4bf92f3577b34da6'])
      expect(files.includes(clear), clear).toBe(false);
    vault.close();
    await reader.close();
  });

  it('tells what ended it', { timeout: 60_000 }, async () => {
    const indexer = startIndexer({ log: join(dir, 'nowhere') });
    await expect(indexer.reached(1)).rejects.toThrow();
    await expect(indexer.stop()).rejects.toThrow();
  });
});
