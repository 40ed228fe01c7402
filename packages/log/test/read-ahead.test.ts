import { expect, onTestFinished, test } from 'vitest';
import { openVaultReader } from '../src/open-vault.ts';
import { event, opened, place } from './log-place.ts';

const COUNT = 700;

test('persons are the same however handles are asked for, and gone when destroyed', async () => {
  const dir = place();
  const log = await opened(dir);
  await log.append(Array.from({ length: COUNT }, (_, n) => event(n)));
  const handles = Array.from({ length: COUNT }, (_, n) => {
    const [handle] = log.vault.handlesOf('customer', `c-${n}`);
    if (handle === undefined) throw new Error(`c-${n} has no handle`);
    return { number: handle.number, key: log.vault.personKey('customer', `c-${n}`) };
  });
  const stride = handles.map((_, i) => handles[(i * 37) % COUNT] ?? handles[0]);
  for (const order of [handles, handles.toReversed(), stride]) {
    const vault = await openVaultReader(dir);
    onTestFinished(() => vault.close());
    for (const one of order) expect(one && vault.keyOf(one.number)).toEqual(Buffer.from(one?.key ?? []));
  }

  const vault = await openVaultReader(dir);
  onTestFinished(() => vault.close());
  for (const { number } of handles.slice(0, 20)) vault.keyOf(number);
  const doomed = handles[50]?.number ?? new Uint8Array();
  expect(vault.keyOf(doomed)).toBeDefined(); // read along with those before it
  await log.destroy({ numbers: [doomed], activity: 'general', rule: 'erasure' });
  expect(vault.keyOf(doomed)).toBeUndefined();
});
