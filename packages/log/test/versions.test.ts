import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { builtinRegister } from '../src/register/builtin.ts';
import type { RegisterDocument } from '../src/register/types.ts';
import { coded, entries, event, ORIGIN, opened, place, sound } from './log-place.ts';
import { OtherProcess } from './other-process.ts';

const dated = (date: string, more: Partial<RegisterDocument> = {}): RegisterDocument => ({
  ...builtinRegister,
  date,
  ...more,
});

describe('the register of a log', () => {
  test('is appended when it is new and later, and only once', async () => {
    const dir = place();
    for (const [date, version] of [
      ['2024-01-01', 1],
      ['2024-01-01', 1],
      ['2025-01-01', 2],
      ['2025-01-01', 2],
    ] as const) {
      const log = await opened(dir, { register: dated(date) });
      expect(log.register.version).toBe(version);
      await log.append([event(1)]);
      await log.close();
    }
    const log = await opened(dir);
    expect(log.register.version).toBe(2);
    const registers = (await entries(log)).filter((e) => e['kind'] === 'register');
    expect(registers.map((e) => [e['version'], e['date']])).toEqual([
      [1, '2024-01-01'],
      [2, '2025-01-01'],
    ]);
    await log.close();
    await sound(dir);
  });

  test('may be an earlier version that the log has, but not a new one dated earlier', async () => {
    const dir = place();
    for (const date of ['2024-01-01', '2025-01-01'])
      await (await opened(dir, { register: dated(date) })).close();
    const old = await opened(dir, { register: dated('2024-01-01') });
    expect(old.register.version).toBe(1);
    await old.close();
    for (const register of [dated('2024-06-01'), dated('2025-01-01', { timezone: 'UTC' })])
      await expect(opened(dir, { register })).rejects.toEqual(coded('REGISTER_OLDER'));
    expect((await sound(dir)).size).toBe(3);
  });

  test('is one new version when three processes bring it at once', async () => {
    const dir = place();
    await (await opened(dir, { register: dated('2024-01-01') })).close();
    const three = [new OtherProcess(), new OtherProcess(), new OtherProcess()];
    const register = dated('2025-01-01');
    expect(await Promise.all(three.map((p) => p.tell('open', dir, { register })))).toEqual([2, 2, 2]);
    await Promise.all(three.map((p, i) => p.tell('append', [event(i)])));
    await Promise.all(three.map((p) => p.tell('close')));
    expect((await sound(dir)).size).toBe(6);
  });

  test('larger than an entry is split into parts that give it back', async () => {
    const dir = place();
    const fields = Object.fromEntries(
      Array.from({ length: 900 }, (_, i) => [
        `field-${i}`,
        { nl: `véld "${i}" \\ ☃`, en: `field ${i}`, category: 'contact' },
      ]),
    );
    const register = dated('2024-01-01', { fields });
    const log = await opened(dir, { register });
    const parts = (await entries(log)).filter((e) => e['kind'] === 'register');
    expect(parts.length).toBeGreaterThan(2);
    const text = parts.map((e) => e['document']).join('');
    expect(JSON.parse(text)).toEqual(register);
    for (const part of parts)
      expect(part['digest']).toBe(createHash('sha256').update(text).digest('base64url'));
    await log.close();
    const again = await opened(dir, { register });
    expect([again.register.version, await again.size()]).toEqual([1, 1 + parts.length]);
    await again.append([event(1)]);
    await again.close();
    await sound(dir);
  });

  test('appended on opening is a head that leaves the machine', async () => {
    const dir = place();
    const told: string[] = [];
    const onCheckpoint = (note: string) => void told.push(note);
    const log = await opened(dir, {
      register: dated('2024-01-01'),
      onCheckpoint,
      create: { origin: ORIGIN },
    });
    const note = await log.checkpoint();
    await log.close();
    expect(told).toEqual([note]);
    const again = await opened(dir, { register: dated('2025-01-01'), onCheckpoint });
    const next = await again.checkpoint();
    await again.close();
    expect(told).toEqual([note, next]);
    await (await opened(dir, { onCheckpoint })).close();
    expect(told).toEqual([note, next]);
  });
});
