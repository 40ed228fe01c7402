import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCode, event, folder, ndjson, newLog, objects, sizeOf, zegel, matching } from './zegel.ts';

test('receipts come out in the order of the lines, with the keys that callers rely on', async () => {
  const log = await newLog();
  const events = Array.from({ length: 1200 }, (_, i) =>
    event({ id: `n-${i}`, subjects: [{ type: 'customer', id: `c-${i % 7}` }] }),
  );
  const { status, out, err } = await zegel(['append', '--log', log], { stdin: ndjson(...events) });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  const receipts = objects(out);
  expect(receipts.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  expect(receipts.map(({ index }) => index)).toEqual(events.map((_, i) => i + 2));
  expect(Object.keys(receipts[0] ?? {})).toEqual(['id', 'entry', 'index', 'count', 'leafHash']);
  expect(receipts[0]).toMatchObject({ count: 1, leafHash: matching(/^[\w-]{43}$/) });
});

test('bad lines are refused with number and everything wrong in one line; the good ones are kept', async () => {
  const log = await newLog();
  const good = JSON.stringify(event());
  const lines = [
    good,
    '{"bad":1',
    '',
    '   \r',
    '{"action":"read","action":"delete"}',
    '"text"',
    JSON.stringify(event({ activity: 'nope', colour: 'red' })),
    JSON.stringify(event({ activity: 'zegel-consultation' })),
    '['.repeat(100_000),
    good,
  ];
  const stdin = Buffer.concat([
    Buffer.from(`${lines.join('\n')}\n`),
    Buffer.from([0x22, 0xff, 0x22, 0x0a]),
    Buffer.from(good),
  ]);
  const { status, out, err } = await zegel(['append', '--log', log], { stdin });
  expect(status).toBe(1);
  expect(objects(out)).toHaveLength(3);
  expect(err.split('\n')).toEqual([
    matching(/^zegel: line 2: malformed JSON/),
    'zegel: line 5: a key occurs twice in one object',
    'zegel: line 6: must be an object',
    matching(/^zegel: line 7: \/colour is an unknown key; \/activity names no activity/),
    matching(/^zegel: line 8: \/activity names no activity/),
    matching(/^zegel: line 9: nested deeper than/),
    'zegel: line 11: not UTF-8',
    '',
  ]);
  expect(await sizeOf(log)).toBe(5);
});

test('a byte order mark before the first line is no part of it, and the empty input appends nothing', async () => {
  const log = await newLog();
  expect(await zegel(['append', '--log', log], { stdin: `\ufeff${ndjson(event())}` })).toMatchObject({
    status: 0,
    err: '',
  });
  expect(await zegel(['append', '--log', log])).toEqual({ status: 0, out: '', err: '' });
  expect(await sizeOf(log)).toBe(3);
});

test('the same id gives the first receipt again, and another event under it is refused', async () => {
  const log = await newLog();
  const first = await zegel(['append', '--log', log], { stdin: ndjson(event({ id: 'a' })) });
  const again = await zegel(['append', '--log', log], { stdin: ndjson(event({ id: 'a' })) });
  expect(again).toEqual(first);
  const other = await zegel(['append', '--log', log], {
    stdin: ndjson(event({ id: 'a', service: 'other' })),
  });
  expect(other).toMatchObject({ status: 1, out: '', err: matching(/^zegel: line 1: \/id /) });
});

test('a receipt comes while the input is still open', async () => {
  const log = await newLog();
  let close = (): void => undefined;
  const open = new Promise<void>((resolve) => {
    close = resolve;
  });
  const stop = new AbortController();
  async function* slow(): AsyncGenerator<Uint8Array> {
    yield Buffer.from(ndjson(event()));
    while ((await sizeOf(log)) < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    close();
    await new Promise(() => undefined);
  }
  const running = zegel(['append', '--log', log], { stdin: slow(), signal: stop.signal });
  await open;
  stop.abort();
  const { status, out, err } = await running;
  expect(status).toBe(130);
  expect(objects(out)).toHaveLength(1);
  expect(errorCode(err)).toBe('INTERRUPTED');
});

test('the newest checkpoint is kept elsewhere, and one that cannot be is told', async () => {
  const log = await newLog();
  const kept = join(folder(), 'kept.checkpoint');
  expect(
    await zegel(['append', '--log', log, '--checkpoint-to', kept], { stdin: ndjson(event()) }),
  ).toMatchObject({ status: 0 });
  expect(readFileSync(kept, 'utf8')).toBe((await zegel(['checkpoint', '--log', log])).out);
  const nowhere = join(folder(), 'no', 'such', 'folder');
  const { status, out, err } = await zegel(['append', '--log', log, '--checkpoint-to', nowhere], {
    stdin: ndjson(event()),
  });
  expect(status).toBe(2);
  expect(objects(out)).toHaveLength(1);
  expect(err).toMatch(/^zegel: CHECKPOINT_NOT_SENT: [^\n]+\n$/);
  expect(existsSync(nowhere)).toBe(false);
});
