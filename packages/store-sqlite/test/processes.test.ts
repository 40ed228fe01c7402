import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompactRange, leafHash } from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { someEntries } from '@zegel/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { everything, hex, logWith, newPlace, open } from './place.ts';

interface Writer {
  readonly process: ChildProcess;
  /** What it said was durable: the writer and the size of the log. */
  readonly acknowledged: (readonly [writer: number, size: number])[];
}

function startWriter(place: string, ...options: readonly number[]): Writer {
  const script = join(import.meta.dirname, 'writer-process.ts');
  const args = [script, place, ...options.map(String)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const acknowledged: [number, number][] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) acknowledged.push(line.split(' ').map(Number) as [number, number]);
  });
  return { process: child, acknowledged };
}

/** Whole commits only, and every checkpoint that of its entries. */
async function expectSound(store: LogStore): Promise<number> {
  const entries = await everything(store);
  const heads = await store.heads(0, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const range = CompactRange.empty();
  const roots = new Map<number, string | undefined>();
  for (const { bytes = new Uint8Array() } of entries) {
    range.append(leafHash(bytes));
    roots.set(range.size, hex(range.root()));
  }
  expect(heads.map(({ root }) => hex(root))).toEqual(heads.map(({ size }) => roots.get(size)));
  expect(heads.at(-1)?.size ?? 0).toBe(entries.length);
  expect(await store.inspect()).toEqual([]);
  return entries.length;
}

test('a writer killed in the midst of its commits leaves whole commits, all that it acknowledged among them', {
  timeout: 180_000,
}, async () => {
  const place = await newPlace();
  await logWith(place, someEntries(70));
  for (let round = 0; round < 20; round++) {
    const writer = startWriter(place, 70, 1);
    while (writer.acknowledged.length === 0) await sleep(2);
    await sleep(Math.random() * 40);
    const closed = once(writer.process, 'close');
    writer.process.kill('SIGKILL');
    await closed;
    const store = await open(place, round % 2 === 0 ? 'write' : 'read');
    const size = await expectSound(store);
    expect(size % 70).toBe(0);
    expect(size).toBeGreaterThanOrEqual(
      Math.max(...writer.acknowledged.map(([, acknowledged]) => acknowledged)),
    );
    await store.close();
  }
});

test('eight writers in three processes all get on', { timeout: 120_000 }, async () => {
  const place = await newPlace();
  await logWith(place, someEntries(1));
  const writers = [3, 3, 2].map((count) => startWriter(place, 3, count, 12));
  const codes = await Promise.all(writers.map(({ process: child }) => once(child, 'close')));
  expect(codes).toEqual(codes.map(() => [0, null]));
  const sizes = writers.flatMap(({ acknowledged }) => acknowledged.map(([, size]) => size));
  expect(sizes.sort((a, b) => a - b)).toEqual(Array.from({ length: 96 }, (_, n) => 4 + 3 * n));
  expect(await expectSound(await open(place, 'read'))).toBe(289);
});
