import { expect, test } from 'vitest';
import { entries, event, post, served } from './served.ts';

const time = '2026-11-22T12:00:00.000Z';
const gap = { activity: 'general', service: 'shop', count: 3, from: time, to: time };
const path = '/v1/gaps';

test('a gap is an entry, once under each id', async () => {
  const to = await served();
  const first = await post(to, { ...gap, id: 'g-1' }, { path });
  expect(first).toMatchObject({ status: 201, body: { receipts: [{ id: 'g-1', index: 2 }] } });
  expect((await post(to, { ...gap, id: 'g-1' }, { path })).body).toEqual(first.body);
  expect((await post(to, gap, { path })).body).toMatchObject({ receipts: [{ index: 3 }] });
  expect((await post(to, { ...gap, id: 'g-1', count: 4 }, { path })).body).toMatchObject({
    status: 422,
    refusals: [{ refused: 'ID_CONFLICT', problems: [{ path: '/id' }] }],
  });
  expect((await entries(to.log)).slice(2)).toMatchObject([
    { kind: 'gap', ...gap },
    { kind: 'gap', ...gap },
  ]);
  expect((await post(to, event(1))).status).toBe(201);
});

test.each([
  [7, ['']],
  [{}, ['/activity', '/service', '/count', '/from', '/to']],
  [{ ...gap, more: 1, id: '' }, ['/more', '/id']],
  [{ ...gap, activity: 'nonsense', service: 'A b', count: 0 }, ['/activity', '/service', '/count']],
  [{ ...gap, from: '2026-11-23T12:00:00.000Z' }, ['/to']],
  [{ ...gap, from: '2026-02-30T12:00:00.000Z' }, ['/from']],
])('what is no gap is refused: %j', async (body, paths) => {
  const to = await served();
  const answer = await post(to, body, { path });
  expect(answer).toMatchObject({ status: 422, body: { code: 'EVENTS_REFUSED' } });
  const [refusal] = answer.body['refusals'] as { problems: { path: string }[] }[];
  expect(refusal?.problems.map((p) => p.path)).toEqual(paths);
  expect(await entries(to.log)).toHaveLength(2);
});
