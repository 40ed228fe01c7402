import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '@zegel/core';
import type { StoredEntry } from '@zegel/log/port';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type HitRange, hitsUpward, openIndex, type SearchIndex } from '../src/index.ts';
import { FakeLog, FakeVault } from './fake-log.ts';

let dir: string;
let log: FakeLog;
let index: SearchIndex;
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-upward-'));
  log = new FakeLog(new FakeVault());
  index = await openIndex({ path: join(dir, 'index.db'), log, mode: 'write' });
});
afterEach(() => {
  index.close();
  rmSync(dir, { recursive: true, force: true });
});

async function fill(count: number): Promise<void> {
  for (let i = 0; i < count; i++) log.append({ occurred: i, action: i % 2 === 0 ? 'read' : 'export' });
  await index.catchUp();
}

async function upward(query: string, range: HitRange): Promise<number[]> {
  const found: StoredEntry[] = [];
  for await (const chunk of hitsUpward(index, index.plan(query), range)) found.push(...chunk);
  return found.map((entry) => entry.index);
}

it('gives hits from the oldest on, without what came later and what is before', async () => {
  await fill(10);
  expect(await upward('', { from: 3, below: 7 })).toEqual([3, 4, 5, 6]);
  expect(await upward('action:export', { below: 8 })).toEqual([1, 3, 5, 7]);
  expect(await upward('', { from: 7, below: 7 })).toEqual([]);
  expect(await upward('', { below: 0 })).toEqual([]);
});

it('gives all of more hits than it looks up at a time', async () => {
  await fill(70_000);
  const all = await upward('', { from: 1, below: 69_999 });
  expect(all).toHaveLength(69_998);
  expect(all.every((at, i) => at === i + 1)).toBe(true);
});

it('tells of hits that the log does not bear out, and leaves them out', async () => {
  await fill(4);
  const findings: Finding[] = [];
  const wrong: Pick<SearchIndex, 'search' | 'fetch'> = {
    search: index.search.bind(index),
    fetch: (_, indexes) => index.fetch('action:read', indexes),
  };
  const found: number[] = [];
  const onFinding = (finding: Finding): void => void findings.push(finding);
  for await (const chunk of hitsUpward(wrong, index.plan(''), { below: 4, onFinding }))
    found.push(...chunk.map((entry) => entry.index));
  expect(found).toEqual([0, 2]);
  expect(findings.map((finding) => [finding.code, finding.index])).toEqual([
    ['index-differs', 1],
    ['index-differs', 3],
  ]);
});

it('stops when told to, also where nothing is found', async () => {
  await fill(600);
  const stop = new AbortController();
  const found: number[] = [];
  await expect(async () => {
    for await (const chunk of hitsUpward(index, index.plan(''), { below: 600, signal: stop.signal })) {
      found.push(...chunk.map((entry) => entry.index));
      stop.abort(new Error('enough'));
    }
  }).rejects.toThrow('enough');
  expect(found).toHaveLength(256);
  const none = { search: async () => ({ indexes: [], more: true }), fetch: index.fetch.bind(index) };
  const run = hitsUpward(none, index.plan(''), { below: 1e15, signal: stop.signal });
  await expect(run.next().then(() => run.next())).rejects.toThrow('enough');
});
