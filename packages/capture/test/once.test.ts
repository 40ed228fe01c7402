import { openLog } from '@zegel/log';
import { expect, onTestFinished, test } from 'vitest';
import { createCapture } from '../src/create-capture.ts';
import { register } from './register.ts';
import { anna, customer, place } from './sample.ts';

test('a gap that landed in a log without an answer is there once', async () => {
  const folder = place();
  const dir = place();
  const log = await openLog(dir, { register, create: { origin: 'shop.example/audit' } });
  onTestFinished(() => log.close());
  const deaf = {
    register: log.register,
    append: (): Promise<never> => Promise.reject(new Error('down')),
    record: async (record: Parameters<typeof log.record>[0]): Promise<never> => {
      await log.record(record);
      throw new Error('the answer was lost');
    },
  };
  const options = { service: 'shop', gaps: folder, onProblem: () => undefined };
  const one = createCapture({ to: deaf, ...options });
  await one.runAs(anna, () =>
    one.access.read('helpdesk', { subject: customer('c-1'), fields: ['name'] }, () => 7),
  );
  await one.gaps();
  await one.close();
  const size = await log.size();
  const two = createCapture({ to: log, ...options });
  await two.gaps();
  await two.close();
  expect(await log.size()).toBe(size);
  expect(size).toBe(3);
});
