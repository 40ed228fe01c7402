import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { headNote } from '../src/head-note.ts';
import { keepNewest } from '../src/keys/proved.ts';
import { SignedFile } from '../src/keys/signed-file.ts';
import { openLog } from '../src/open.ts';
import type { LogStore } from '../src/port.ts';
import { event, opened, place } from './log-place.ts';

function signedIn(keys: string): number {
  return Number(readFileSync(join(keys, 'signed'), 'utf8').split('\n')[1]);
}

test('the checkpoint kept outside the store does not go back when a slower process comes later', async () => {
  const dir = place();
  const log = await opened(dir);
  for (let i = 0; i < 9; i++) await log.append([event(i)]);
  const [slow, ...later] = await log.heads(3, 100, 100);
  const fast = later.at(-1);
  await log.close();
  const file = new SignedFile(join(dir, 'keys'));
  onTestFinished(() => file.close());
  if (fast !== undefined) file.advance(headNote(log.origin, fast), fast.size, log.vkey);
  expect(file.read(log.vkey)?.size).toBe(11);
  // The store can't be asked for what is newer: a network may be down for just that long.
  const deaf = { head: () => Promise.reject(new Error('no answer')) } as unknown as LogStore;
  await expect(keepNewest(deaf, file, log, 3, slow)).rejects.toThrow('no answer');
  expect(file.read(log.vkey)?.size).toBe(11);
  file.write('no note'.padEnd(400, '\n'));
  if (slow !== undefined) file.advance(headNote(log.origin, slow), slow.size, log.vkey);
  expect(file.read(log.vkey)?.size).toBe(3);
});

test('a receipt of what another process appended comes when its checkpoint is kept here, too', async () => {
  const dir = place();
  const one = await opened(dir);
  const keys = join(place(), 'keys');
  cpSync(join(dir, 'keys'), keys, { recursive: true });
  const two = await openLog(dir, { keys });
  onTestFinished(() => two.close());
  const named = { ...event(1), id: 'order-1' };
  const [receipt] = await one.append([named]);
  expect(signedIn(keys)).toBeLessThanOrEqual(receipt?.index ?? 0);
  expect(await two.append([named])).toEqual([receipt]);
  expect(signedIn(keys)).toBeGreaterThan(receipt?.index ?? 0);
});
