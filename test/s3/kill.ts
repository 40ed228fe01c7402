import { expect, onTestFinished } from 'vitest';
import { checkLog } from './lib/check.ts';
import type { Asked } from './lib/fault.ts';
import { folder, type Task, Writers } from './lib/process.ts';
import { FaultProxy } from './lib/proxy.ts';
import { items, newLog, ORIGIN, SEED } from './lib/scene.ts';

const [BEFORE, OURS, BATCH] = [10, 9, 3];

/** A log, and what one writer is to append to it in three commits. */
async function start(
  endpoint: string,
  through?: FaultProxy,
): Promise<{ readonly task: Task; readonly check: Check }> {
  const place = await newLog(endpoint, BEFORE);
  const url = place.by(through?.endpoint ?? endpoint);
  const mine = items('mine', OURS);
  const settings = { home: folder(), origin: ORIGIN, seed: SEED, batch: BATCH, busyTimeout: 20_000 };
  const task = { ...settings, url, writers: [mine] };
  const check = async (dead: Writers): Promise<void> => {
    // In between somebody else sees a good log, with every commit whole in it.
    const { items: half } = await checkLog(place, dead.acknowledged);
    expect((half.length - BEFORE) % BATCH, 'commits are whole').toBe(0);
    const next = new Writers({ ...task, url: place.url });
    await next.go();
    await next.gone;
    expect([next.complaint, next.refused]).toEqual(['', 0]);
    const { items: all } = await checkLog(place, dead.acknowledged, next.acknowledged);
    expect(all).toHaveLength(BEFORE + OURS);
  };
  return { task, check };
}

/** Looks at what is left, lets another process finish the work where the dead one kept its things, and looks again. */
type Check = (dead: Writers) => Promise<void>;

/** The steps that a writer makes from its start to its end, by name. */
export async function stepsOf(endpoint: string): Promise<readonly string[]> {
  const { task } = await start(endpoint);
  const writer = new Writers(task, '0:');
  await writer.go();
  await writer.gone;
  const line = writer.complaint.split('\n').find((text) => text.startsWith('steps '));
  expect(line, writer.complaint).toBeDefined();
  return (line ?? '').split(' ').slice(1);
}

/** Dies at one of its own steps; says whether it got there. */
export async function dieAt(endpoint: string, step: string): Promise<boolean> {
  const { task, check } = await start(endpoint);
  const writer = new Writers(task, step);
  await writer.go();
  await writer.gone;
  if (!writer.killed) expect(writer.complaint, `ended well past ${step}`).toBe('');
  await check(writer);
  return writer.killed;
}

/** The requests that a writer makes from its start to its end. */
export async function requestsOf(endpoint: string): Promise<readonly Asked[]> {
  const proxy = await FaultProxy.before(endpoint);
  onTestFinished(() => proxy.close());
  const { task } = await start(endpoint, proxy);
  const writer = new Writers(task);
  await writer.go();
  await writer.gone;
  expect(writer.complaint).toBe('');
  return proxy.passed;
}

/** Is killed when its request of this number is under way, which the server then gets or not; says whether it got there. */
export async function dieWhileAsking(endpoint: string, nth: number, persisted: boolean): Promise<boolean> {
  const proxy = await FaultProxy.before(endpoint);
  onTestFinished(() => proxy.close());
  const { task, check } = await start(endpoint, proxy);
  const writer = new Writers(task);
  proxy.plan = (asked) => {
    if (asked.nth < nth) return undefined;
    writer.kill();
    return { kind: 'cut', persisted: persisted && asked.nth === nth };
  };
  await writer.go();
  await writer.gone;
  await proxy.settled();
  await check(writer);
  return writer.killed;
}
