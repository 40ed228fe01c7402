import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type AccessEvent, openLog } from '@zegel/log';
import { testLog } from '@zegel/testing';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCapture } from '../src/create-capture.ts';
import { CounterFile } from '../src/gaps/counter-file.ts';
import type { CaptureSink, Gap } from '../src/sink.ts';
import { register } from './register.ts';
import { anna, captured, coded, customer, place } from './sample.ts';

const known = { subject: customer('c-1'), fields: ['name'] } as const;
const countOf = (gaps: readonly { readonly count: number }[]): number =>
  gaps.reduce((sum, { count }) => sum + count, 0);
/** A sink that is down but for gaps, each of which it takes as often as it is given, in its own time. */
function gapsOnly(answer: () => Promise<void>) {
  const given: Gap[] = [];
  const append = (): Promise<never> => Promise.reject(new Error('down'));
  const gap = async (each: Gap): Promise<void> => {
    given.push(each);
    await answer();
  };
  return { given, sink: { append, gap } };
}

const silent = { onProblem: () => undefined };

describe('under `available`', () => {
  test('the act goes on without a log, and what was missed is chained when it is back', async () => {
    const { access, runAs, log, gaps, problems } = captured();
    const read = (): Promise<number> => runAs(anna, () => access.read('helpdesk', known, () => 7));
    log.fail('down');
    expect(await Promise.all([read(), read(), read()])).toEqual([7, 7, 7]);
    await gaps();
    expect(log.gaps()).toEqual([]);
    expect(await read()).toBe(7);
    log.fail(undefined);
    await gaps();
    expect(countOf(log.gaps())).toBe(4);
    expect(log.gaps()[0]).toMatchObject({ activity: 'helpdesk', service: 'shop', count: 3 });
    await gaps();
    expect(countOf(log.gaps())).toBe(4);
    expect(log.accesses()).toEqual([]);
    expect(problems.filter(({ kind }) => kind === 'gap').length).toBeGreaterThanOrEqual(4);
  });

  test('an entry that lands after it was given up takes its count back', async () => {
    const { access, runAs, log, gaps } = captured({ timeout: 20 });
    log.fail('slow');
    expect(await runAs(anna, () => access.read('helpdesk', known, () => 7))).toBe(7);
    log.fail(undefined);
    await expect.poll(() => log.accesses().length).toBe(1);
    await gaps();
    expect(log.gaps()).toEqual([]);
  });

  test('an event that no log would take is counted', async () => {
    const { access, runAs, log, gaps } = captured();
    await runAs({ ...anna, role: 'boss' }, () => access.read('helpdesk', known, () => 7));
    await gaps();
    expect([log.accesses().length, countOf(log.gaps())]).toEqual([0, 1]);
  });

  test('and under `strict`, a second entry that can not be appended is counted, and the act’s own error thrown', async () => {
    const { access, runAs, log, gaps } = captured();
    const fail = (): never => {
      log.fail('down');
      throw new Error('boom');
    };
    await expect(runAs(anna, () => access.read('dashboard', known, fail))).rejects.toThrow('boom');
    log.fail(undefined);
    await gaps();
    expect(log.gaps()).toMatchObject([{ activity: 'dashboard', count: 1 }]);
  });

  test('a change whose persons can not be told afterwards is counted', async () => {
    const { access, runAs, log, gaps } = captured();
    const change = (): string[] => {
      log.fail('down');
      return ['c-1'];
    };
    const update = (): Promise<unknown> =>
      access.update('dashboard', { fields: ['name'] }, change, (ids) => ids.map(customer));
    await expect(runAs(anna, update)).rejects.toEqual(coded('LOG_UNAVAILABLE'));
    log.fail(undefined);
    await gaps();
    expect(log.gaps()).toMatchObject([{ activity: 'dashboard', count: 1 }]);
  });
});

describe('counts', () => {
  test('outlive a restart and are chained by it', async () => {
    const folder = place();
    const first = captured({ gaps: folder });
    first.log.fail('down');
    await first.runAs(anna, () => first.access.read('helpdesk', known, () => 7));
    await first.close();
    const { log } = captured({ gaps: folder });
    await expect.poll(() => countOf(log.gaps())).toBe(1);
  });

  test('are chained by the next entry that the log takes', async () => {
    const { access, runAs, log } = captured();
    log.fail('down');
    await runAs(anna, () => access.read('helpdesk', known, () => 7));
    log.fail(undefined);
    await runAs(anna, () => access.read('dashboard', known, () => 7));
    await expect.poll(() => countOf(log.gaps())).toBe(1);
  });

  test('are chained by themselves', async () => {
    const { access, runAs, log } = captured();
    log.fail('down');
    await runAs(anna, () => access.read('helpdesk', known, () => 7));
    log.fail(undefined);
    await expect.poll(() => countOf(log.gaps()), { timeout: 10_000 }).toBe(1);
  });

  test('stand in a real log as entries', async () => {
    const log = await openLog(place(), { register, create: { origin: 'shop.example/audit' } });
    onTestFinished(() => log.close());
    let isDown = true;
    const sink: CaptureSink<typeof register> = {
      register: log.register,
      append: (events) => (isDown ? Promise.reject(new Error('down')) : log.append(events)),
      record: (record) => (isDown ? Promise.reject(new Error('down')) : log.record(record)),
    };
    const { access, runAs, gaps, close } = createCapture({
      to: sink,
      service: 'shop',
      gaps: place(),
      ...silent,
    });
    onTestFinished(() => close());
    await runAs(anna, () => access.read('helpdesk', known, () => 7));
    await runAs(anna, () => access.read('helpdesk', known, () => 7));
    isDown = false;
    await gaps();
    const entry = await log.entry((await log.size()) - 1);
    expect(JSON.parse(Buffer.from(entry?.bytes ?? []).toString())).toMatchObject({
      kind: 'gap',
      activity: 'helpdesk',
      service: 'shop',
      count: 2,
    });
  });

  test('whose gap landed without an answer are not chained twice', async () => {
    const folder = place();
    const log = testLog(register);
    const deaf = {
      register: log.register,
      append: (): Promise<never> => Promise.reject(new Error('down')),
      gap: async (gap: Gap): Promise<never> => {
        await log.gap(gap);
        throw new Error('the answer was lost');
      },
    };
    const one = createCapture({ to: deaf, service: 'shop', gaps: folder, ...silent });
    await one.runAs(anna, () => one.access.read('helpdesk', known, () => 7));
    await one.gaps();
    await one.gaps();
    await one.close();
    const two = createCapture({ to: log, service: 'shop', gaps: folder, ...silent });
    await two.gaps();
    await two.close();
    expect(countOf(log.gaps())).toBe(1);
  });

  test('are given once, and not again while the answer is on its way', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { given, sink } = gapsOnly(() => promise);
    const options = { to: sink, register, service: 'shop', gaps: place(), timeout: 20, ...silent };
    const { access, runAs, gaps, close } = createCapture(options);
    onTestFinished(() => close());
    await runAs(anna, () => access.read('helpdesk', known, () => 7));
    await gaps();
    await gaps();
    await runAs(anna, () => access.read('helpdesk', known, () => 7));
    await gaps();
    expect(given.map(({ count }) => count)).toEqual([1]);
    resolve();
    await gaps();
    await gaps();
    expect(given.map(({ count }) => count)).toEqual([1, 1]);
    expect(new Set(given.map(({ id }) => id)).size).toBe(2);
  });

  test('are shared by captures of one service, and chained once', async () => {
    const folder = place();
    const { given, sink } = gapsOnly(() => new Promise((resolve) => setImmediate(resolve)));
    const options = { to: sink, register, service: 'shop', gaps: folder, ...silent };
    const all = [1, 2, 3].map(() => createCapture(options));
    for (let round = 0; round < 5; round++) {
      const reads = all.flatMap(({ access, runAs }) =>
        Array.from({ length: 20 }, () => runAs(anna, () => access.read('helpdesk', known, () => 7))),
      );
      await Promise.all(reads);
      await Promise.all(all.map(({ gaps }) => gaps()));
    }
    await Promise.all(all.map(({ close }) => close()));
    expect(countOf(given)).toBe(300);
  });

  test('taken over from a process that is gone are given by one of those that find them', async () => {
    const folder = place();
    const file = new CounterFile(folder, 'shop', ['helpdesk', 'staff', 'dashboard']);
    for (const activity of ['helpdesk', 'staff', 'dashboard']) {
      file.add([{ activity, count: 1, first: 1, last: 1 }]);
    }
    file.claim(`${2 ** 22 + 1}:x`, Date.now() + 60_000, randomUUID);
    file.close();
    // The first answer is the slowest: by then the other capture has settled what both have on their lists.
    const { given, sink } = gapsOnly(() => later(given.length === 1 ? 50 : 1));
    const options = { to: sink, register, service: 'shop', gaps: folder, ...silent };
    const both = [1, 2].map(() => createCapture(options));
    await Promise.all(both.map(({ gaps }) => gaps()));
    await Promise.all(both.map(({ close }) => close()));
    expect(given.map(({ activity }) => activity).toSorted()).toEqual(['dashboard', 'helpdesk', 'staff']);
  });

  test('that can not be kept at all are told when the capture is made', () => {
    const folder = join(place(), 'locked');
    mkdirSync(join(folder, 'shop.gaps'), { recursive: true });
    const log = testLog(register);
    expect(() => createCapture({ to: log, service: 'shop', gaps: folder })).toThrow(
      expect.objectContaining({ code: 'GAPS_UNAVAILABLE' }),
    );
    chmodSync(folder, 0o700);
  });
});

describe('counting', () => {
  const main = fileURLToPath(new URL('./counting-main.ts', import.meta.url));

  /** Runs the service until it went on with so many acts, kills it, and says how many it had gone on with. */
  async function killed(folder: string, after: number): Promise<number> {
    const child = spawn(process.execPath, ['--no-warnings', main, folder, '8'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    let acts = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      acts += chunk.length;
      if (acts >= after) child.kill('SIGKILL');
    });
    await new Promise((resolve) => child.stdout.on('close', resolve));
    return acts;
  }

  test('loses nothing over kill -9 of the process', async () => {
    const folder = place();
    let acts = 0;
    for (const after of [1, 20, 100]) acts += await killed(folder, after);
    const log = testLog(register);
    const { gaps, close } = createCapture({ to: log, service: 'shop', gaps: folder, ...silent });
    await gaps();
    await close();
    // An act whose count became durable just before the end may not have been told on stdout: at most one per loop and round.
    expect(countOf(log.gaps())).toBeGreaterThanOrEqual(acts);
    expect(countOf(log.gaps())).toBeLessThanOrEqual(acts + 3 * 8);
  });

  test('that ended between claim and chain is told under the same id', async () => {
    const folder = place();
    const file = new CounterFile(folder, 'shop', ['helpdesk']);
    file.add([{ activity: 'helpdesk', count: 5, first: 1, last: 2 }]);
    const dead = `${2 ** 22 + 1}:x`; // above every process id
    file.claim(dead, Date.now() + 60_000, () => 'claimed');
    file.close();
    const log = testLog(register);
    const { gaps, close } = createCapture({ to: log, service: 'shop', gaps: folder, ...silent });
    await gaps();
    await close();
    expect(log.gaps()).toMatchObject([{ id: 'claimed', count: 5, from: '1970-01-01T00:00:00.001Z' }]);
  });
});

test('a flaky log: every access is in the log or counted', async () => {
  const folder = place();
  const log = testLog(register);
  let turn = 0;
  const flaky: CaptureSink<typeof register> = {
    register: log.register,
    append: (events: readonly AccessEvent[]) =>
      turn++ % 3 === 0 ? Promise.reject(new Error('flaky')) : log.append(events),
    gap: (gap) => (turn++ % 2 === 0 ? Promise.reject(new Error('flaky')) : log.gap(gap)),
  };
  const { access, runAs, gaps, close } = createCapture({
    to: flaky,
    service: 'shop',
    gaps: folder,
    ...silent,
  });
  await Promise.all(
    Array.from({ length: 300 }, () => runAs(anna, () => access.read('helpdesk', known, () => 7))),
  );
  await gaps();
  await gaps();
  await gaps();
  await close();
  expect(log.accesses().length + countOf(log.gaps())).toBe(300);
});
