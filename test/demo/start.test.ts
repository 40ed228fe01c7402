import { openReader, verifyLog } from '@zegel/log';
import Database from 'better-sqlite3';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demoFolder, RunningDemo } from './running-demo.ts';

describe('npm start', () => {
  let folder: string;
  let remove: () => void;
  beforeAll(() => {
    ({ folder, remove } = demoFolder());
  });
  afterAll(() => remove());
  const sizeOf = async (): Promise<number> => {
    await using reader = await openReader(join(folder, 'audit'));
    return await reader.size();
  };
  const customers = (): unknown => {
    const db = new Database(join(folder, 'dashboard.db'), { readonly: true });
    try {
      return db.prepare('select count(*) as n, min(name) as first, max(email) as last from customers').get();
    } finally {
      db.close();
    }
  };
  /** Lets the office work until the log has so many entries more. */
  const untilGrown = async (by: number): Promise<void> => {
    for (const to = (await sizeOf()) + by; (await sizeOf()) < to; ) await wait(100);
  };

  it('runs an office whose log fills, tells how to look into it, and stops at once', async () => {
    const demo = await RunningDemo.start(folder, { ZEGEL_SPEED: '3000' });
    await untilGrown(150);
    expect(await demo.stop()).toEqual({ status: 0, err: '' });
    expect(demo.out).toContain(`zegel search --log ${join(folder, 'audit')}`);
    expect(demo.out).toContain(demo.logIns[0]?.token);
    expect(demo.out).toMatch(/\nstopped; .*\n$/);
    const { ok, failures } = await verifyLog(join(folder, 'audit'));
    expect({ ok, failures }).toEqual({ ok: true, failures: [] });
  });

  it('keeps its data, and goes on', async () => {
    const [size, before] = [await sizeOf(), customers()];
    const demo = await RunningDemo.start(folder, { ZEGEL_SPEED: '3000' });
    await untilGrown(50);
    expect(await demo.stop()).toEqual({ status: 0, err: '' });
    expect(await sizeOf()).toBeGreaterThan(size);
    expect(customers()).toMatchObject({ n: (before as { n: number }).n });
  });

  it.each([
    ['ZEGEL_SPEED', '0'],
    ['ZEGEL_SPEED', 'fast'],
    ['ZEGEL_SEED', '-1'],
    ['PORT', '70000'],
    ['PORT', '80.5'],
  ])('refuses %s=%s in one line and leaves nothing behind', async (name, value) => {
    const other = demoFolder();
    await expect(RunningDemo.start(other.folder, { [name]: value })).rejects.toThrow(
      new RegExp(`^the demo did not start: zegel: ${name} is a [^\\n]*\\n$`),
    );
    expect(readdirSync(other.folder)).toEqual([]);
    other.remove();
  });

  it('takes an empty variable for one that is not set', async () => {
    const demo = await RunningDemo.start(folder, { ZEGEL_SPEED: '', ZEGEL_TRAFFIC: '' });
    await untilGrown(1);
    expect(await demo.stop()).toEqual({ status: 0, err: '' });
  });

  it('says in one line that its port is taken', async () => {
    const one = await RunningDemo.start(folder, { ZEGEL_TRAFFIC: 'off' });
    const other = demoFolder();
    const port = Number(new URL(one.url).port);
    await expect(
      RunningDemo.start(other.folder, { ZEGEL_TRAFFIC: 'off', PORT: String(port - 1) }),
    ).rejects.toThrow(/^the demo did not start: zegel: [^\n]*EADDRINUSE[^\n]*\n$/);
    other.remove();
    expect(await one.stop()).toEqual({ status: 0, err: '' });
  });
});
