import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { openReader, type StoredEntry } from '@zegel/log';
import { expect, test } from 'vitest';
import type { LogChecks } from '../src/checks/log-checks.ts';
import { read } from './lib/stage.ts';
import { changeBody, cutOff, inFile, inRow, removeBodies } from './lib/tamper.ts';
import { SIZE, watched } from './lib/watched.ts';

const codes = ({ details }: LogChecks): string[] =>
  details.findings.map(({ code, index }) => `${code} ${index ?? '-'}`);

/** Only the tail and a block of bodies: what a round of a large log does. */
const LARGE = { budget: 0, sides: { vault: 0, index: 0, budget: 0 } };

async function entriesOf(dir: string, ...indexes: number[]): Promise<StoredEntry[]> {
  await using reader = await openReader(dir);
  return await Promise.all(indexes.map((index) => reader.entry(index)));
}

test('a sound log is good, first by itself alone, then by what is remembered of it', async () => {
  const { checks, log } = await watched();
  expect([checks.state.status, checks.stateOf(5), checks.details.compared]).toEqual([
    'unchecked',
    'pending',
    { vkey: 'none', given: [], remembered: undefined, since: undefined },
  ]);
  expect(await checks.run('full')).toMatchObject({
    result: 'good',
    size: SIZE,
    checked: SIZE,
    index: 'good',
    vault: 'good',
  });
  expect([checks.state.status, checks.stateOf(5), checks.stateOf(SIZE)]).toEqual([
    'good',
    'verified',
    'pending',
  ]);
  await log.append([read(1)]);
  expect(await checks.run('round')).toMatchObject({
    result: 'good',
    size: SIZE + 1,
    checked: 1,
    rehashed: SIZE + 1,
  });
  expect(checks.details.compared).toMatchObject({ vkey: 'remembered', remembered: SIZE });
  expect([checks.stateOf(SIZE), checks.details.findings]).toEqual(['verified', []]);
});

test('a body changed under a running viewer is found within one round, and only that entry is failed', async () => {
  const { checks, dir } = await watched({ sides: { vault: 1000, index: 0, budget: 0 } });
  await checks.run('full');
  await changeBody(dir, 123);
  expect(await checks.run('round')).toMatchObject({ result: 'failed' });
  expect(codes(checks)).toEqual(['leaf-hash 123', 'index-differs 123']); // which the closer look adds
  expect([checks.state.status, checks.stateOf(123), checks.stateOf(122)]).toEqual([
    'failed',
    'failed',
    'verified',
  ]);
});

test('a body changed together with its hash is found within one round', async () => {
  const { checks, dir } = await watched();
  await checks.run('full');
  await changeBody(dir, 123, { rehash: true });
  await checks.run('round');
  expect(codes(checks)).toContain('prev-broken 124');
  expect(checks.state.status).toBe('failed');
});

test('in a large log the bodies are gone over in turn, and whatever is shown at once', async () => {
  const { checks, dir } = await watched(LARGE);
  await checks.run('full');
  await changeBody(dir, 600);
  for (const next of [256, 512]) {
    expect(await checks.run('round')).toMatchObject({ result: 'good', checked: 0 });
    expect(checks.details.bodies.next).toBeGreaterThanOrEqual(next);
  }
  await checks.seen(await entriesOf(dir, 5, 300));
  expect(checks.state.status).toBe('good');
  await checks.seen(await entriesOf(dir, 600));
  expect([checks.state.status, checks.stateOf(600)]).toEqual(['failed', 'failed']);
  expect(codes(checks)).toEqual(['leaf-hash 600']);
});

test.each([123, SIZE - 1])(
  'what is shown is held against what was good, whatever hashes were changed: %i',
  async (index) => {
    const { checks, dir } = await watched(LARGE);
    await checks.run('full');
    await changeBody(dir, index, { rehash: true });
    await checks.seen(await entriesOf(dir, index));
    expect([checks.state.status, checks.stateOf(index)]).toEqual(['failed', 'failed']);
  },
);

test.each([
  ['changed alone', { rehash: false }],
  ['changed together with its hash', { rehash: true }],
])('in a large log the turn comes to a body %s', async (_, how) => {
  const { checks, dir } = await watched(LARGE);
  await checks.run('full');
  await changeBody(dir, 400, how);
  expect(await checks.run('round')).toMatchObject({ result: 'good' });
  expect(await checks.run('round')).toMatchObject({ result: 'failed' });
  expect(codes(checks)).toContain(how.rehash ? 'prev-broken 401' : 'leaf-hash 400');
});

test('in a large log a hash that was changed beside its body is found when its turn comes', async () => {
  const { checks, dir } = await watched(LARGE);
  await checks.run('full');
  await inRow(dir, 100, (entries, at) => {
    const entry = entries[at];
    if (entry !== undefined) entry.leaf = new Uint8Array(32);
  });
  await checks.run('round');
  expect(codes(checks)).toContain('leaf-hash 100');
});

test('hashes of the tree that were changed are found in each round of a large log', async () => {
  const { checks, dir } = await watched(LARGE);
  await checks.run('full');
  inFile(dir, (db) => db.exec('UPDATE subtree SET hash = zeroblob(32) WHERE level = 1 AND n = 0'));
  await checks.run('round');
  expect(codes(checks)).toEqual(['tree-hash 0']);
});

test('in a large log a body that was taken out is found when its turn comes', async () => {
  const { checks, dir } = await watched(LARGE);
  await checks.run('full');
  await removeBodies(dir, 110, 119, true);
  await checks.run('round');
  expect(codes(checks)).toContain('body-missing 110');
});

test('a log cut off at an older head is found by the head that is remembered', async () => {
  const { checks, dir } = await watched();
  await checks.run('full');
  cutOff(dir, 402);
  await checks.run('round');
  expect(codes(checks)).toContain('truncated 402');
  expect(checks.stateOf(5)).toBe('verified');
});

test('a log that is gone is a failure once it was there', async () => {
  const { checks, dir } = await watched();
  await checks.run('full');
  cutOff(dir, 0);
  await checks.run('round');
  expect(codes(checks)).toContain('genesis-missing 0');
  renameSync(join(dir, 'log.db'), join(dir, 'away.db'));
  await checks.run('round');
  expect(codes(checks)).toContain('log-gone -');
});

test('entries that change places are found', async () => {
  const { checks, dir } = await watched();
  await checks.run('full');
  await inRow(dir, 123, (entries, at) => {
    const [a, b] = [entries[at], entries[at + 1]];
    if (a === undefined || b === undefined) throw new Error('a row of one entry');
    [entries[at], entries[at + 1]] = [b, a];
  });
  await checks.run('round');
  expect(codes(checks)).toContain('prev-broken 123');
});

test('an edited index is found, and no entry is failed for it', async () => {
  const { checks, dir } = await watched();
  await checks.run('full');
  inFile(dir, (db) => db.exec('UPDATE segment SET high = high - 1'), 'index.db');
  expect(await checks.run('round')).toMatchObject({ result: 'failed', index: 'failed', vault: 'good' });
  expect([codes(checks), checks.stateOf(5)]).toEqual([['index-differs 0'], 'verified']);
});

test('a large index is compared in parts, and all of it once a part differs', async () => {
  const { checks, dir } = await watched({ ...LARGE, sides: { ...LARGE.sides, budget: 1 } });
  await checks.run('full');
  expect(await checks.run('round')).toMatchObject({ result: 'good', index: 'part', vault: 'skipped' });
  inFile(dir, (db) => db.exec('UPDATE segment SET high = high - 1'), 'index.db');
  expect(await checks.run('round')).toMatchObject({ result: 'failed', index: 'failed' });
  expect(codes(checks)).toEqual(['index-differs 0']);
});

test('lawful pruning is told apart from a body that was taken out', async () => {
  const { checks, dir, log } = await watched();
  await checks.run('full');
  const cover = { activity: 'contact', rule: 'retention', cutoff: new Date().toISOString(), handles: [] };
  await log.record({ kind: 'retention', bodies: [{ ...cover, ranges: [[110, 119]] }] });
  await removeBodies(dir, 110, 119, true);
  expect(await checks.run('round')).toMatchObject({ result: 'good' });
  expect(checks.details.pruned).toMatchObject([{ first: 110, last: 119, by: SIZE, rule: 'retention' }]);
  expect([checks.state.status, checks.stateOf(115), checks.stateOf(120)]).toEqual([
    'good',
    'pruned',
    'verified',
  ]);
  expect(await checks.run('full')).toMatchObject({ result: 'good' });
  expect(checks.details.prunedBodies).toBe(10);
  await removeBodies(dir, 121, 122, false);
  await checks.run('round');
  expect(codes(checks)).toContain('body-missing 121');
  expect([checks.stateOf(121), checks.stateOf(115)]).toEqual(['failed', 'pending']);
});

test('gaps are listed', async () => {
  const { checks, log } = await watched();
  const [from, to] = ['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'];
  await log.record({
    kind: 'gap',
    bodies: [{ activity: 'contact', service: 'dashboard', count: 3, from, to }],
  });
  await checks.run('full');
  expect(checks.details.gaps).toMatchObject([{ index: SIZE, count: 3, service: 'dashboard' }]);
});

test('red stays until somebody asks for a full check and it is good, also after a start anew', async () => {
  const { checks, dir, again } = await watched();
  await checks.run('full');
  await changeBody(dir, 123);
  await checks.run('round');
  await inRow(dir, 123, (entries, at) => {
    const entry = entries[at];
    if (entry?.bytes !== undefined)
      entry.bytes = Buffer.from(
        Buffer.from(entry.bytes).toString().replace('customer.edit', 'customer.show'),
      );
  });
  expect(await checks.run('round')).toMatchObject({ result: 'good' });
  expect(await checks.run('full')).toMatchObject({ result: 'good' });
  expect(checks.state.status).toBe('failed');
  await checks.close();
  const next = again();
  expect([next.state.status, codes(next)]).toEqual(['failed', ['leaf-hash 123', 'index-differs 123']]);
  expect(await next.runFull()).toMatchObject({ result: 'good', asked: true });
  expect([next.state.status, next.details.findings]).toEqual(['good', []]);
  expect(again().state.status).toBe('unchecked');
  expect(next.history(9).map(({ result }) => result)).toEqual(['good', 'good', 'good', 'failed', 'good']);
});
