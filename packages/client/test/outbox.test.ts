import { execFile } from 'node:child_process';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { Collector, coded, event, opened, place, TOKEN } from './collector.ts';
import { openClient } from '../src/open-client.ts';

const NOWHERE = { url: 'http://127.0.0.1:1' };
const OPEN = fileURLToPath(new URL('./open-main.ts', import.meta.url));

test('what is kept outlives the client, and is sent by the next one', async () => {
  const outbox = join(place(), 'outbox.db');
  const first = await opened(NOWHERE, { outbox });
  const [receipt] = await first.append([event(1, { id: 'a' }), event(2, { id: 'b' })]);
  await first.append([event(3, { id: 'c' })]);
  expect(await first.close({ timeout: 50 })).toMatchObject({
    pending: 3,
    problem: { code: 'COLLECTOR_UNREACHABLE' },
  });
  await expect(receipt?.logged).rejects.toMatchObject(coded('CLIENT_CLOSED'));
  await expect(first.append([event(4)])).rejects.toMatchObject(coded('CLIENT_CLOSED'));
  await expect(first.flush()).rejects.toMatchObject(coded('CLIENT_CLOSED'));
  expect(await first.close()).toMatchObject({ pending: 3 });

  const collector = await Collector.start();
  const next = await opened(collector, { outbox });
  expect(await next.flush()).toEqual({ pending: 0, problem: undefined });
  expect(collector.ids).toEqual(['a', 'b', 'c']);
});

test('one client at a time, in this process or another', async () => {
  const outbox = join(place(), 'outbox.db');
  const client = await opened(NOWHERE, { outbox });
  await expect(opened(NOWHERE, { outbox })).rejects.toMatchObject(coded('OUTBOX_LOCKED'));
  const other = async (): Promise<string> =>
    (
      await promisify(execFile)(process.execPath, ['--no-warnings', OPEN, outbox], {
        env: { ...process.env, NODE_OPTIONS: '' },
      })
    ).stdout;
  expect(await other()).toBe('OUTBOX_LOCKED\n');
  await client.close({ timeout: 0 });
  expect(await other()).toBe('opened\n');
});

test('the file is for its owner alone, and what was sent is gone from it', async () => {
  const collector = await Collector.start();
  const outbox = join(place(), 'outbox.db');
  writeFileSync(outbox, '', { mode: 0o666 });
  const client = await opened(collector, { outbox });
  await client.append([event(1, { subjects: [{ type: 'customer', id: 'j.jansen' }] })]);
  const files = (): string[] => [outbox, `${outbox}-wal`];
  for (const file of files()) expect(statSync(file).mode & 0o777, file).toBe(0o600);
  await client.flush();
  const left = (): string =>
    files()
      .map((file) => readFileSync(file, 'latin1'))
      .join('');
  await expect.poll(left, { timeout: 5000 }).not.toContain('j.jansen');
  expect(collector.requests[0]?.body).toContain('j.jansen');
});

test('beyond maxPending an append waits, in order, until there is room', async () => {
  const collector = await Collector.start();
  let free = (): void => undefined;
  const busy = new Promise<void>((resolve) => (free = resolve));
  collector.answer = async (request) => {
    await busy;
    return collector.accept(request);
  };
  const client = await opened(collector, { maxPending: 3 });
  const done: number[] = [];
  const append = (n: number): Promise<unknown> =>
    client.append([event(n, { id: `e-${n}` }), event(n, { id: `f-${n}` })]).then(() => done.push(n));
  const all = [append(0), append(1), append(2), append(3)];
  await all[0];
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(done).toEqual([0]);
  expect(client.pending).toBe(2);
  free();
  await Promise.all(all);
  await client.flush();
  expect(done).toEqual([0, 1, 2, 3]);
  expect(collector.ids).toEqual([0, 1, 2, 3].flatMap((n) => [`e-${n}`, `f-${n}`]));
});

test('an append that waits for room when the client closes is told so', async () => {
  const client = await opened(NOWHERE, { maxPending: 1 });
  await client.append([event(1)]);
  const waiting = client.append([event(2)]);
  const [left] = await Promise.all([
    client.close({ timeout: 10 }),
    expect(waiting).rejects.toMatchObject(coded('CLIENT_CLOSED')),
  ]);
  expect(left.pending).toBe(1);
});

test('a file that was moved away is not written any more', async () => {
  const outbox = join(place(), 'outbox.db');
  const client = await opened(NOWHERE, { outbox });
  await client.append([event(1)]);
  renameSync(outbox, `${outbox}.away`);
  await expect(client.append([event(2)])).rejects.toMatchObject(coded('OUTBOX_IO'));
  expect(client.pending).toBe(1);
});

test('a file that is no outbox is left as it is', async () => {
  const outbox = join(place(), 'outbox.db');
  writeFileSync(outbox, 'something else entirely, and long enough to be looked at'.repeat(100));
  const before = readFileSync(outbox);
  await expect(opened(NOWHERE, { outbox })).rejects.toMatchObject(coded('OUTBOX_DAMAGED'));
  expect(readFileSync(outbox).equals(before)).toBe(true);
  await expect(opened(NOWHERE, { outbox: join(place(), 'none', 'outbox.db') })).rejects.toMatchObject(
    coded('OUTBOX_IO'),
  );
});

test.each([
  { url: 'nonsense' },
  { url: 'ftp://127.0.0.1' },
  { url: 'http://log.example' },
  { url: 'http://127.0.0.1.log.example' },
  { url: 'https://me:secret@log.example' },
  { url: 'https://log.example/?a=1' },
  { token: 'secret' },
  { outbox: '' },
  { maxPending: 0 },
  { timeout: Number.NaN },
])('options: %j', async (more) => {
  const good = { url: 'https://log.example', token: TOKEN, outbox: join(place(), 'outbox.db') };
  await expect(openClient({ ...good, ...more })).rejects.toMatchObject(coded('CLIENT_OPTIONS'));
});
