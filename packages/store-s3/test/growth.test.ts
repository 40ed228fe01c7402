import { describe, expect, test, vi } from 'vitest';
import { Growth, type Sizes, type Time } from '../src/store/growth.ts';

const MINUTE = 60_000;
/** A wait that never ends would otherwise go on at the speed of the machine. */
const TOO_LONG = 24 * 60 * MINUTE;

/** Time that goes on only while somebody sleeps, until some moment. */
class Clock implements Time {
  at = 0;
  #end: { readonly at: number; readonly controller: AbortController } | undefined;

  now(): number {
    return this.at;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    if (signal.aborted) return;
    this.at += milliseconds;
    if (this.at > TOO_LONG) throw new Error('nothing ends the wait');
    if (this.#end !== undefined && this.at >= this.#end.at) this.#end.controller.abort();
  }

  /** Aborts when a moment has come. */
  until(at: number): AbortSignal {
    this.#end = { at, controller: new AbortController() };
    return this.#end.controller.signal;
  }
}

/** A log that has grown at these times, by one each; when it was looked at in the bucket. */
function log(clock: Clock, ...grows: readonly number[]): { readonly sizes: Sizes; readonly looks: number[] } {
  const looks: number[] = [];
  const remote = (): Promise<number> => {
    looks.push(clock.at);
    return Promise.resolve(grows.filter((at) => at <= clock.at).length);
  };
  return { sizes: { local: () => 0, remote }, looks };
}

describe('following a log', () => {
  test.each([
    ['the usual', 1000, 10_000],
    ['a short', 50, 500],
    ['a long', 60_000, 60_000],
  ])('looks ever more seldom while nothing comes, with %s pause', async (_, pollMs, longest) => {
    const clock = new Clock();
    const { sizes, looks } = log(clock);
    await new Growth(pollMs, clock).wait(sizes, 0, clock.until(60 * MINUTE));
    const pauses = looks.slice(1).map((at, i) => at - (looks[i] ?? 0));
    expect(pauses.every((pause, i) => pause >= (pauses[i - 1] ?? 0) - 50)).toBe(true);
    expect(Math.min(...pauses)).toBeLessThanOrEqual(pollMs + 50);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(longest + 50);
    expect(looks.length).toBeLessThan((1.1 * 60 * MINUTE) / longest + 30);
  });

  test('is quick again when something came', async () => {
    const clock = new Clock();
    const { sizes, looks } = log(clock, 30 * MINUTE);
    const growth = new Growth(1000, clock);
    await growth.wait(sizes, 0, clock.until(60 * MINUTE));
    const found = clock.at;
    expect(found).toBeLessThan(30 * MINUTE + 10_100);
    looks.length = 0;
    await growth.wait(sizes, 1, clock.until(found + 4000));
    expect(looks).toHaveLength(3);
  });

  test('is quick again when this machine has taken something in itself, without a look', async () => {
    const clock = new Clock();
    const { sizes, looks } = log(clock);
    const growth = new Growth(1000, clock);
    await growth.wait(sizes, 0, clock.until(30 * MINUTE));
    looks.length = 0;
    await growth.wait({ ...sizes, local: () => 1 }, 0, undefined);
    expect(looks).toHaveLength(0);
    await growth.wait({ ...sizes, local: () => 1 }, 1, clock.until(clock.at + 4000));
    expect(looks.length).toBeGreaterThanOrEqual(3);
  });

  test('takes one look for all who wait', async () => {
    const clock = new Clock();
    const { sizes, looks } = log(clock, MINUTE);
    const growth = new Growth(1000, clock);
    const alone = log(clock, MINUTE);
    await Promise.all([0, 0, 0, 0].map((size) => growth.wait(sizes, size, undefined)));
    clock.at = 0;
    await new Growth(1000, clock).wait(alone.sizes, 0, undefined);
    expect(looks.length).toBeLessThan(2 * alone.looks.length);
  });

  test('fails for all who wait when the bucket does not answer', async () => {
    const clock = new Clock();
    const remote = vi.fn<() => Promise<number>>(() => Promise.reject(new Error('no answer')));
    const growth = new Growth(1000, clock);
    const waits = [0, 0].map((size) => growth.wait({ local: () => 0, remote }, size, undefined));
    for (const wait of await Promise.allSettled(waits)) expect(wait.status).toBe('rejected');
    expect(remote).toHaveBeenCalledTimes(1);
  });
});
