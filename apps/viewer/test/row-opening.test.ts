import { expect, test, vi } from 'vitest';
import { read, stage } from './lib/stage.ts';

const MANY = Array.from({ length: 300 }, (_, n) => ({ type: 'customer', id: `c-${n}` }));

test('a row opens whom it names; the page of the entry opens everybody', async () => {
  const { get, log } = await stage({ events: [read(1, { subjects: MANY })] });
  const open = vi.spyOn(log.vault, 'open');
  const rows = await (await get('/?q=kind%3Aaccess+service%3Adashboard')).text();
  expect(rows).toContain('297');
  // Three subjects and the actor of the row; the actor once more for the list of those who act.
  expect(open.mock.calls.map(([, position]) => position).toSorted((a, b) => a - b)).toEqual([0, 0, 2, 3, 4]);
  open.mockClear();
  expect((await get('/entries/2')).status).toBe(200);
  expect(new Set(open.mock.calls.map(([, position]) => position)).size).toBe(301);
});
