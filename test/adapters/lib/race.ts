import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessEvent, type Log, openLog } from '@zegel/log';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ask, type Got } from './client.ts';
import { register } from './register.ts';
import type { Adapter, Service } from './service.ts';
import { type Fate, type Faulty, faulty } from './sinks.ts';

const REQUESTS = 1_000;

const WAYS = [
  '/customers/ID',
  '/stream/ID',
  '/write/ID',
  '/inside/ID',
  '/seen/ID',
  '/seen/ID/stream',
  '/missing/ID',
];

interface Answer {
  readonly id: string;
  readonly got: Got;
}

/** Many requests at once against a log on disk that fails in every way there is. */
export function raceSuite(adapter: Adapter): void {
  describe(`${adapter.name}, ${REQUESTS} requests racing`, () => {
    let folder = '';
    let log: Log;
    let service: Service;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'zegel-race-'));
      log = await openLog(join(folder, 'log'), { register, create: { origin: 'shop.example/audit' } });
    });

    afterEach(async () => {
      await service.close();
      await log.close();
      await service.capture.close();
      rmSync(folder, { recursive: true, force: true });
    });

    const serve = async (to: Faulty, timeout: number): Promise<void> => {
      service = await adapter.serve({
        to: to.sink,
        service: 'shop',
        gaps: folder,
        timeout,
        onProblem: () => undefined,
      });
    };

    it('a log that fails now and then: nothing leaves without its entry', async () => {
      const sink = faulty(log, flaky());
      await serve(sink, 2_000); // enough for a busy machine: only what hangs takes it
      const answers = await race(service.url, sink.durable);
      expectHonest(answers, sink.durable);
      const statuses = answers.map(({ got }) => got.status);
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThan(REQUESTS / 5);
      expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(REQUESTS / 5);
      expect(await accessesIn(log)).toBeGreaterThanOrEqual(sink.acknowledged.length);
    });

    it('a log that dies in the middle: nothing leaves afterwards', async () => {
      const sink = faulty(log, (count) => {
        if (count === REQUESTS / 2) void log.close();
        return 'lands';
      });
      await serve(sink, 1_000);
      const answers = await race(service.url, sink.durable);
      expectHonest(answers, sink.durable);
      expect(answers.filter(({ got }) => got.status === 503).length).toBeGreaterThan(REQUESTS / 10);
      log = await openLog(join(folder, 'log'), { register });
      expect(await accessesIn(log)).toBe(sink.acknowledged.length);
    });

    it('an available activity: every answer goes out, and what went unlogged is counted to the last', async () => {
      const gaps: number[] = [];
      const sink = faulty(
        {
          register: log.register,
          append: (events) => log.append(events),
          gap: async ({ count }) => gaps.push(count),
        },
        dying(),
      );
      await serve(sink, 1_000);
      const asked = Array.from({ length: REQUESTS }, (_, at) => ask(`${service.url}/planning/r-${at}`));
      expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]));
      sink.heal();
      for (let tries = 0; tries < 50 && counted(sink.acknowledged, gaps) < REQUESTS; tries++)
        await service.capture.gaps();
      expect(counted(sink.acknowledged, gaps)).toBe(REQUESTS);
      expect(gaps.length).toBeGreaterThan(0);
    });
  });
}

/** A third fails, some are lost on the way back, a few never answer. The same in every run. */
function flaky(): (count: number) => Fate {
  let state = 0x2545f491;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const chance = (state >>> 8) % 100;
    if (chance < 30) return 'fails';
    if (chance < 40) return 'lost';
    return chance < 41 ? 'hangs' : 'lands';
  };
}

/** Works for a while, and then no more. */
function dying(): (count: number) => Fate {
  return (count) => (count < REQUESTS / 3 ? 'lands' : 'fails');
}

/** A tenth of the clients hang up; every byte is looked at in the moment it comes, not a moment later. */
async function race(url: string, durable: ReadonlySet<string>): Promise<readonly Answer[]> {
  const early: string[] = [];
  const answers = await Promise.all(
    Array.from({ length: REQUESTS }, async (_, at) => {
      const id = `r-${at}`;
      const path = (WAYS[at % WAYS.length] ?? '').replace('ID', id);
      const got = await ask(`${url}${path}`, {
        headers: { 'x-user': 'e-17' },
        ...(at % 9 === 0 && { leaveAfter: 5 + (at % 50) }),
        onBytes: (text) => {
          if (text.includes('PERSONAL') && !durable.has(id)) early.push(id);
        },
      });
      return { id, got };
    }),
  );
  expect(early).toEqual([]);
  return answers;
}

function expectHonest(answers: readonly Answer[], durable: ReadonlySet<string>): void {
  const shown = answers.filter(({ got }) => `${JSON.stringify(got.headers)}${got.body}`.includes('PERSONAL'));
  expect(shown.filter(({ id }) => !durable.has(id))).toEqual([]);
  const others = shown.filter(({ id, got }) => new RegExp(`PERSONAL-(?!${id}-)`).test(got.body));
  expect(others).toEqual([]);
  const refused = answers.filter(({ got }) => got.status === 503);
  expect(refused.filter(({ got }) => got.body !== '' && !got.body.includes('LOG_UNAVAILABLE'))).toEqual([]);
}

function counted(acknowledged: readonly AccessEvent[], gaps: readonly number[]): number {
  return acknowledged.length + gaps.reduce((sum, count) => sum + count, 0);
}

async function accessesIn(log: Log): Promise<number> {
  let found = 0;
  for await (const entries of log.read(0, await log.size())) {
    for (const { bytes } of entries) if (bytes && Buffer.from(bytes).includes('"kind":"access"')) found++;
  }
  return found;
}
