import { type Log, LogError } from '@zegel/log';
import { expect, test } from 'vitest';
import { LogKeeper } from '../src/logs/log-keeper.ts';

/** A log that is broken from the start, or not. */
function log(code?: 'LOG_FAILED' | 'VAULT_BUSY' | 'ID_CONFLICT'): Log & { closed: number } {
  const size = (): Promise<number> =>
    code === undefined ? Promise.resolve(7) : Promise.reject(new LogError(code, 'broken'));
  const it = { size, closed: 0, close: () => Promise.resolve(void it.closed++) };
  return it as unknown as Log & { closed: number };
}

const size = (opened: Log): Promise<number> => opened.size();

test('a log that stopped for good is closed and opened again', async () => {
  const [broken, good] = [log('LOG_FAILED'), log()];
  const logs = new LogKeeper(broken, () => Promise.resolve(good));
  await expect(logs.use(size)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE', status: 503 });
  expect(await logs.use(size)).toBe(7);
  expect(broken.closed).toBe(1);
  await logs.close();
  expect(good.closed).toBe(1);
  await expect(logs.use(size)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
});

test('where it can not be opened either, that is told, and tried again with the next request', async () => {
  const answers = [Promise.reject(new LogError('LOG_DAMAGED', 'no')), Promise.resolve(log())];
  answers[0]?.catch(() => undefined);
  const logs = new LogKeeper(log('LOG_FAILED'), () => answers.shift() ?? Promise.resolve(log()));
  for (let i = 0; i < 2; i++) await expect(logs.use(size)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
  expect(await logs.use(size)).toBe(7);
});

test('one that is only busy stays open, and what is the caller’s fault is passed on', async () => {
  const busy = log('VAULT_BUSY');
  const logs = new LogKeeper(busy, () => Promise.reject(new Error('not asked for')));
  for (let i = 0; i < 2; i++) await expect(logs.use(size)).rejects.toMatchObject({ code: 'LOG_UNAVAILABLE' });
  expect(busy.closed).toBe(0);
  await expect(
    new LogKeeper(log('ID_CONFLICT'), () => Promise.resolve(log())).use(size),
  ).rejects.toMatchObject({
    code: 'ID_CONFLICT',
  });
});
