import { join } from 'node:path';
import { expect, test } from 'vitest';
import { builtinRegister } from '@zegel/log';
import type { RefusedLine } from '../src/protocol.ts';
import { Collector, coded, event, opened, place, type Reply, type Request } from './collector.ts';

const refusal = { refused: 'EVENT_INVALID', problems: [{ path: '/activity', message: 'names no activity' }] };
const idOf = (line: unknown): string => (line as { id: string }).id;

/** A collector that refuses events whose id begins with `bad`. */
function picky(collector: Collector): (request: Request) => Reply {
  return ({ lines }) => {
    const answers = lines.flatMap((line, at) => {
      const all = [line].flat();
      return all.map((one, i) =>
        all.some((each) => idOf(each).startsWith('bad'))
          ? { event: at + i, ...refusal }
          : collector.receipt(idOf(one)),
      );
    });
    if (answers.every((answer) => 'refused' in answer)) return { status: 422, body: { refusals: answers } };
    return { status: 207, body: { receipts: answers } };
  };
}

test('what the log refuses is kept apart with its reasons, told, and not sent again', async () => {
  const collector = await Collector.start();
  collector.answer = picky(collector);
  const outbox = join(place(), 'outbox.db');
  const told: RefusedLine[] = [];
  const client = await opened(collector, { outbox, onRefused: (line) => told.push(line) });
  const [, bad, group, , lonely] = await Promise.all([
    client.append([event(1, { id: 'good-1' })]),
    client.append([event(2, { id: 'bad-2' })]),
    client.append([event(3, { id: 'good-3' }), event(4, { id: 'bad-4' })]),
    client.append([event(5, { id: 'good-5' })]),
    client.flush().then(() => client.append([event(6, { id: 'bad-6' })])),
  ]);
  await expect(bad[0]?.logged).rejects.toMatchObject({ ...coded('EVENT_REFUSED'), refusal });
  for (const { logged } of [...group, ...lonely])
    await expect(logged).rejects.toMatchObject(coded('EVENT_REFUSED'));
  expect(await client.close()).toEqual({ pending: 0, problem: undefined });
  expect(collector.ids).toHaveLength(6);

  const again = await opened(collector, { outbox });
  const refused = await again.refused();
  expect(refused).toEqual(told);
  expect(refused.map(({ text, refusal: why }) => [idOf([JSON.parse(text)].flat(2).at(-1)), why])).toEqual([
    ['bad-2', refusal],
    ['bad-4', refusal],
    ['bad-6', refusal],
  ]);
  await again.discard(refused[0] as RefusedLine);
  expect((await again.refused()).map(({ seq }) => seq)).toEqual(refused.slice(1).map(({ seq }) => seq));
  expect(collector.ids).toHaveLength(6);
});

test('a body that is too large is halved until the culprit is alone; nothing else is refused', async () => {
  const collector = await Collector.start();
  collector.answer = (request) =>
    request.body.length > 2500 ? { status: 413, body: '<html>' } : collector.accept(request);
  const client = await opened(collector);
  const good = Array.from({ length: 50 }, (_, n) => event(n, { id: `e-${n}` }));
  const events = [
    ...good.slice(0, 20),
    event(99, { id: 'much', reason: 'x'.repeat(3000) }),
    ...good.slice(20),
  ];
  const receipts = await client.appendEach(events);
  expect(receipts.every((one) => 'logged' in one)).toBe(true);
  expect(await client.flush()).toEqual({ pending: 0, problem: undefined });
  expect(await client.refused()).toMatchObject([{ refusal: { refused: 'TOO_LARGE' } }]);
  const accepted = collector.requests.filter(({ body }) => body.length <= 2500);
  expect(accepted.flatMap(({ lines }) => lines.map(idOf))).toEqual(good.map(({ id }) => id));
});

test('a line that is no JSON to the collector is found and refused', async () => {
  const collector = await Collector.start();
  collector.answer = (request) =>
    request.body.includes('odd')
      ? { status: 400, body: { code: 'BODY_NOT_JSON' } }
      : collector.accept(request);
  const client = await opened(collector);
  await client.appendEach([event(1, { id: 'a' }), event(2, { id: 'odd' }), event(3, { id: 'c' })]);
  expect(await client.flush()).toEqual({ pending: 0, problem: undefined });
  expect(await client.refused()).toMatchObject([{ refusal: { refused: 'BAD_JSON' } }]);
});

test('with a register what is wrong is told at once, and never kept', async () => {
  const collector = await Collector.start();
  const client = await opened(collector, { register: builtinRegister });
  expect(client.register?.activities.has('general')).toBe(true);
  const bad = { ...event(2), activity: 'nonsense' };
  await expect(client.append([event(1), bad])).rejects.toMatchObject({
    code: 'EVENT_INVALID',
    position: 1,
    problems: [{ path: '/1/activity' }],
  });
  const [good, refused] = await client.appendEach([event(3, { id: 'a' }), bad]);
  expect(good).toMatchObject({ id: 'a', durable: 'outbox' });
  expect(refused).toMatchObject({ refused: 'EVENT_INVALID', problems: [{ path: '/activity' }] });
  await client.flush();
  expect(collector.ids).toEqual(['a']);
});

test('what can be no event is refused at once', async () => {
  const collector = await Collector.start();
  const client = await opened(collector);
  const circular: { self?: unknown } = {};
  circular.self = circular;
  const huge = event(1, { reason: 'x'.repeat(11 * 1024 * 1024) });
  const answers = await client.appendEach([7, null, [], circular, huge]);
  expect(answers).toMatchObject([
    ...[1, 2, 3, 4].map(() => ({ refused: 'EVENT_INVALID', problems: [{ path: '' }] })),
    { refused: 'TOO_LARGE' },
  ]);
  const many = new Array(10_001).fill(event(1)) as ReturnType<typeof event>[];
  await expect(client.append(many)).rejects.toMatchObject({ code: 'EVENT_INVALID' });
  expect(await client.append([])).toEqual([]);
  expect(client.pending).toBe(0);
  await expect(client.append([event(1)], { source: 'other' })).rejects.toMatchObject(coded('CLIENT_OPTIONS'));
});
