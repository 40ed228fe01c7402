import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FaultProxy } from './lib/proxy.ts';
import { items, newLog, opened, writer } from './lib/scene.ts';
import { ATOMIC } from './lib/servers.ts';

const { endpoint = '', variable } = ATOMIC;

describe.skipIf(endpoint === '')(`following a log (needs a server in ${variable})`, () => {
  test('costs one listing a look, and two reads where something came', async () => {
    const place = await newLog(endpoint);
    const proxy = await FaultProxy.before(endpoint);
    onTestFinished(() => proxy.close());
    const reader = await opened(place.by(proxy.endpoint), { mode: 'read' });
    expect((await reader.head())?.size).toBe(10);
    const counted = (): readonly string[] =>
      proxy.passed.splice(0).map(({ operation, key }) => `${operation} ${key.replace(/\d{16}$/, 'n')}`);
    counted();
    const abort = new AbortController();
    const waits = [10, 10, 10].map((size) => reader.grown(size, abort.signal));
    while (proxy.passed.length < 3) await sleep(20);
    const quiet = counted();
    expect(new Set(quiet)).toEqual(new Set(['versions log/seg/']));
    const one = await writer(place.url);
    await one.append(items('more', 3));
    await Promise.all(waits);
    const busy = counted();
    expect(busy.filter((each) => each !== 'versions log/seg/')).toEqual([
      'get log/seg/n',
      'get log/checkpoint/n',
    ]);
    abort.abort();
  });
});
