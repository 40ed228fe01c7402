/**
 * A process of writers to a log in a bucket. Waits for a line on stdin, JSON: see {@link Task}, opens the log and tells what was acknowledged, `<index> <item>` a line, and at the end `ended <refused commits>`.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createSigner } from '@zegel/core';
import { openStore } from '@zegel/store-s3';
import { Drilled } from './lib/drilled.ts';
import type { Task } from './lib/process.ts';

/** Synchronously, so that what was acknowledged is told even if we die the next moment; a full pipe is waited for. */
function tell(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0)
    try {
      rest = rest.subarray(writeSync(1, rest));
    } catch (error) {
      if ((error as { code?: string }).code !== 'EAGAIN') throw error;
    }
}

async function write(task: Task, items: readonly string[]): Promise<number> {
  const { url, home, origin, seed, batch, busyTimeout } = task;
  const signer = createSigner(origin, Buffer.from(seed, 'hex'));
  const store = await openStore(url, {
    mode: 'write',
    signer,
    vkey: signer.vkey,
    busyTimeout,
    ...(home !== undefined && { home }),
  });
  const writer = new Drilled(store, signer);
  for (let at = 0; at < items.length; at += batch) {
    const some = items.slice(at, at + batch);
    await writer.insist(some);
    tell(some.map((item) => `${writer.acknowledged.get(item)} ${item}\n`).join(''));
  }
  await store.close();
  return writer.refused.length;
}

async function firstLine(): Promise<string> {
  for await (const line of createInterface({ input: process.stdin })) return line;
  return '';
}

tell('ready\n');
const task = JSON.parse(await firstLine()) as Task;
const refused = await Promise.all(task.writers.map((items) => write(task, items)));
tell(`ended ${refused.reduce((sum, count) => sum + count, 0)}\n`);
process.stdin.destroy();
