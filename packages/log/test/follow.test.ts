import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { checkTlogProof, openCheckpoint, parseVkey } from '@zegel/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkpointTo } from '../src/checkpoint-to.ts';
import { openReader } from '../src/reader.ts';
import { coded, event, only, opened, place, sound } from './log-place.ts';
import { OtherProcess } from './other-process.ts';

describe('follow', () => {
  test('gives what there is, waits for more, and ends with the signal', async () => {
    const log = await opened(place());
    const stop = new AbortController();
    const seen: number[] = [];
    const following = (async () => {
      for await (const chunk of log.follow(1, stop.signal)) {
        seen.push(...chunk.map((e) => e.index));
        if (seen.length === 1) await log.append([event(1), event(2)]);
        if (seen.length === 3) await log.append([event(3)]);
        if (seen.length === 4) stop.abort();
      }
    })();
    await following;
    expect(seen).toEqual([1, 2, 3, 4]);
  });

  test('ends at once when it was aborted while it waited', async () => {
    const log = await opened(place());
    const stop = new AbortController();
    const following = log.follow(2, stop.signal)[Symbol.asyncIterator]().next();
    await log.append([]);
    stop.abort();
    expect(await following).toMatchObject({ done: true });
  });

  test('sees what other processes commit', async () => {
    const dir = place();
    const log = await opened(dir);
    const other = new OtherProcess();
    await other.tell('open', dir, {});
    const stop = new AbortController();
    const seen: number[] = [];
    const following = (async () => {
      for await (const chunk of log.follow(2, stop.signal)) {
        seen.push(...chunk.map((e) => e.index));
        stop.abort();
      }
    })();
    await other.tell('append', [event(1)]);
    await following;
    expect(seen).toEqual([2]);
    await other.tell('close');
    await log.append([event(2)]); // chains on what the other process appended
    await log.close();
    expect((await sound(dir)).size).toBe(4);
  });
});

describe('onCheckpoint', () => {
  test('is told of new heads one at a time, the newest last; those it is too slow for are left out', async () => {
    const log = await opened(place(), { onCheckpoint });
    const sizes: number[] = [];
    let under = 0;
    async function onCheckpoint(note: string): Promise<void> {
      expect(++under).toBe(1);
      sizes.push(openCheckpoint(note, [parseVkey(log?.vkey ?? '')]).checkpoint.size);
      await new Promise((resolve) => setTimeout(resolve, 30));
      under--;
    }
    for (let i = 0; i < 30; i++) await log.append([event(i)]);
    await log.close();
    expect(sizes.at(-1)).toBe(32);
    expect(sizes).toEqual(sizes.toSorted((a, b) => a - b));
    expect(sizes.length).toBeLessThan(30);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('no way out');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no way out'))],
  ])('that %s becomes a warning and is told of later ones', async (_, fail) => {
    const warnings: (Error & { code?: string })[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    onTestFinished(() => void process.off('warning', listen));
    let told = 0;
    const log = await opened(place());
    await log.close();
    const again = await opened(place(), { onCheckpoint: () => (++told < 3 ? fail() : undefined) });
    for (let i = 0; i < 4; i++) await again.append([event(i)]);
    await again.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(told).toBeGreaterThanOrEqual(4);
    expect(warnings.filter((w) => w.code === 'ZEGEL_CHECKPOINT').map((w) => w.message)).toEqual([
      expect.stringContaining('no way out'),
      expect.stringContaining('no way out'),
    ]);
  });

  test('to a file keeps the newest, from two writers too', async () => {
    const [dir, file] = [place(), join(place(), 'held')];
    const [one, two] = [
      await opened(dir, { onCheckpoint: checkpointTo(file) }),
      await opened(dir, { onCheckpoint: checkpointTo(file) }),
    ];
    await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).append([event(i)])));
    await two.close();
    const [last] = await one.append([event(99)]);
    await one.close();
    const { checkpoint } = openCheckpoint(readFileSync(file), [parseVkey(one.vkey)]);
    expect(checkpoint.size).toBe((last?.index ?? 0) + 1);
  });

  test('to a URL is a POST; an answer that is no success is a warning', async () => {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        bodies.push(`${request.method} ${body}`);
        response.writeHead(bodies.length === 1 ? 503 : 204).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const warned = new Promise<Error>((resolve) => process.once('warning', resolve));
    const { port } = server.address() as AddressInfo;
    const log = await opened(place(), { onCheckpoint: checkpointTo(`http://127.0.0.1:${port}/held`) });
    await log.append([event(1)]);
    await log.append([event(2)]);
    const newest = await log.checkpoint();
    await log.close();
    expect(bodies.at(-1)).toBe(`POST ${newest}`);
    expect((await warned).message).toContain('503');
  });
});

describe('prove', () => {
  test('gives a proof of every entry that checks against its bytes and no others', async () => {
    const log = await opened(place());
    await log.append(Array.from({ length: 9 }, (_, i) => event(i)));
    const verifiers = [parseVkey(log.vkey)];
    for (let index = 0; index < 11; index++) {
      const [proof, { bytes = new Uint8Array() }] = [await log.prove(index), await log.entry(index)];
      expect(checkTlogProof({ proof, entry: bytes, verifiers })).toMatchObject({ ok: true });
      const { bytes: other = new Uint8Array() } = await log.entry((index + 1) % 11);
      expect(checkTlogProof({ proof, entry: other, verifiers })).toMatchObject({ ok: false });
    }
    for (const index of [-1, 11, 0.5, Number.NaN])
      await expect(log.prove(index)).rejects.toEqual(coded('INDEX_OUT_OF_RANGE'));
  });
});

describe('a reader beside a writer', () => {
  test('sees entries, heads and ids as they are committed', async () => {
    const dir = place();
    const log = await opened(dir);
    await using reader = await openReader(dir);
    const receipt = only(await log.append([event(1)]));
    expect([await reader.size(), await reader.checkpoint()]).toEqual([3, await log.checkpoint()]);
    const id = Buffer.from(receipt.entry.replaceAll('-', ''), 'hex');
    expect(await reader.findById(id)).toBe(receipt.index);
    expect(await reader.findById(Buffer.alloc(16))).toBeUndefined();
  });
});
