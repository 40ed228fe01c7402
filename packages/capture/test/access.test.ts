import { openLog } from '@zegel/log';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCapture } from '../src/create-capture.ts';
import { DeniedError } from '../src/errors.ts';
import { register } from './register.ts';
import { anna, captured, coded, customer, place } from './sample.ts';

const name = ['name'] as const;
const boom = (): never => {
  throw new Error('boom');
};

describe('an access whose subject is known', () => {
  test('is durable before its act runs', async () => {
    const { access, runAs, log } = captured();
    const seen = await runAs(anna, () =>
      access.read('dashboard', { subject: customer('c-1'), fields: name }, () => log.accesses().length),
    );
    expect(seen).toBe(1);
    expect(log.accesses()).toMatchObject([
      {
        action: 'read',
        activity: 'dashboard',
        outcome: 'begun',
        service: 'shop',
        operation: 'dashboard.read',
        actor: anna,
      },
    ]);
  });

  test('that fails is told by a second entry of the first', async () => {
    const { access, runAs, log } = captured();
    const known = { subject: customer('c-1'), fields: name };
    await expect(runAs(anna, () => access.read('dashboard', known, boom))).rejects.toThrow('boom');
    const refuse = (): never => {
      throw new DeniedError('not yours');
    };
    await expect(runAs(anna, () => access.update('dashboard', known, refuse))).rejects.toThrow('not yours');
    expect(
      log.accesses().map(({ action, outcome, of, subjects }) => [action, outcome, of, subjects.length]),
    ).toEqual([
      ['read', 'begun', undefined, 1],
      ['read', 'error', 0, 1],
      ['update', 'begun', undefined, 1],
      ['update', 'denied', 2, 1],
    ]);
  });

  test('does not run when the log is down or too slow', async () => {
    const { access, runAs, log } = captured({ timeout: 20 });
    let ran = 0;
    for (const how of ['down', 'slow'] as const) {
      log.fail(how);
      const known = { subject: customer('c-1'), fields: name };
      const read = runAs(anna, () => access.read('dashboard', known, () => (ran += 1)));
      await expect(read).rejects.toEqual(coded('LOG_UNAVAILABLE'));
    }
    expect(ran).toBe(0);
  });

  test('that was refused for slowness is told so when its entry lands after all', async () => {
    const { access, runAs, log, problems } = captured({ timeout: 20 });
    log.fail('slow');
    const known = { subject: customer('c-1'), fields: name };
    await expect(runAs(anna, () => access.read('dashboard', known, () => 1))).rejects.toEqual(
      coded('LOG_UNAVAILABLE'),
    );
    log.fail(undefined);
    await expect.poll(() => log.accesses().length).toBe(2);
    expect(log.accesses()).toMatchObject([
      { outcome: 'begun' },
      { outcome: 'error', of: 0, flags: ['withheld'] },
    ]);
    expect(problems.map(({ kind }) => kind)).toEqual(['late']);
  });

  test('over more than 100,000 persons is several events of one trace', async () => {
    const { access, runAs, log } = captured();
    const subjects = Array.from({ length: 100_001 }, (_, n) => customer(`c-${n}`));
    await runAs(anna, () => access.export('dashboard', { subjects, fields: name }, () => undefined));
    const [one, two, ...rest] = log.accesses();
    expect([one?.subjects.length, two?.subjects.length, rest.length]).toEqual([100_000, 1, 0]);
    expect(one?.trace).toEqual(two?.trace);
  });
});

describe('an access whose subjects are found', () => {
  test('withholds its result until the entry is durable', async () => {
    const { access, runAs, log } = captured();
    const rows = await runAs(anna, () =>
      access.search(
        'dashboard',
        { fields: name },
        () => ['c-1', 'c-2'],
        (ids) => ids.map(customer),
      ),
    );
    expect(rows).toEqual(['c-1', 'c-2']);
    expect(log.accesses()).toMatchObject([
      {
        action: 'search',
        outcome: 'success',
        subjects: [{ id: 'c-1', involvement: 'shown' }, { id: 'c-2' }],
      },
    ]);
  });

  test('hands nothing over when the log is down or too slow', async () => {
    const { access, runAs, log } = captured({ timeout: 20 });
    for (const how of ['down', 'slow'] as const) {
      log.fail(how);
      const search = runAs(anna, () =>
        access.search(
          'dashboard',
          { fields: name },
          () => ['c-1'],
          (ids) => ids.map(customer),
        ),
      );
      await expect(search).rejects.toEqual(coded('LOG_UNAVAILABLE'));
    }
    expect(log.accesses()).toEqual([]);
  });

  test('and changed is told before and after', async () => {
    const { access, runAs, log } = captured();
    const update = (): Promise<string[]> =>
      access.update(
        'dashboard',
        { fields: name },
        () => ['c-1'],
        (ids) => ids.map(customer),
      );
    await runAs(anna, update);
    expect(log.accesses()).toMatchObject([
      { outcome: 'begun', subjects: [] },
      { outcome: 'success', of: 0, subjects: [{ id: 'c-1', involvement: 'target' }] },
    ]);
    log.fail('down');
    let ran = false;
    const blind = (): Promise<unknown> =>
      access.update(
        'dashboard',
        { fields: name },
        () => (ran = true),
        () => [],
      );
    await expect(runAs(anna, blind)).rejects.toEqual(coded('LOG_UNAVAILABLE'));
    expect(ran).toBe(false);
  });

  test('and not found is an entry of nobody', async () => {
    const { access, runAs, log } = captured();
    await runAs(anna, () =>
      access.search(
        'dashboard',
        { fields: name },
        () => [],
        () => [],
      ),
    );
    expect(log.accesses()).toMatchObject([{ outcome: 'success', subjects: [] }]);
  });

  test('that fails is an entry, and its error goes nowhere without it', async () => {
    const { access, runAs, log } = captured();
    const search = (): Promise<unknown> => access.search('dashboard', { fields: name }, boom, () => []);
    await expect(runAs(anna, search)).rejects.toThrow('boom');
    expect(log.accesses()).toMatchObject([{ outcome: 'error', subjects: [] }]);
    log.fail('down');
    await expect(runAs(anna, search)).rejects.toEqual(coded('LOG_UNAVAILABLE'));
  });
});

describe('in a real log', () => {
  test('accesses stand with their second entries', async () => {
    const dir = place();
    const log = await openLog(dir, { register, create: { origin: 'shop.example/audit' } });
    onTestFinished(() => log.close());
    const { access, runAs, persons, close } = createCapture({ to: log, service: 'shop', gaps: place() });
    onTestFinished(() => close());
    await runAs(
      anna,
      async () => {
        await access.read(
          'dashboard',
          { subject: persons.customer('c-1'), fields: ['name', 'email'] },
          () => 1,
        );
        await access.search(
          'dashboard',
          { fields: name },
          () => ['c-2'],
          (ids) => ids.map((id) => persons.customer(id)),
        );
        await access
          .disclose(
            'dashboard',
            { subject: persons.customer('c-1'), fields: name, recipient: 'delivery' },
            boom,
          )
          .catch(() => 0);
        await access.denied('staff', {
          action: 'read',
          subject: persons.employee('e-1'),
          fields: ['salary'],
        });
      },
      { reason: 'a call', case: 'order-1' },
    );
    const told: unknown[] = [];
    for await (const entries of log.read(2, await log.size())) {
      for (const { bytes } of entries) {
        const entry = JSON.parse(Buffer.from(bytes ?? []).toString()) as Record<string, unknown>;
        told.push([
          entry['action'],
          entry['outcome'],
          entry['of'],
          entry['subjectCount'],
          entry['recipient'],
        ]);
      }
    }
    expect(told).toEqual([
      ['read', 'begun', undefined, 1, undefined],
      ['search', 'success', undefined, 1, undefined],
      ['disclose', 'begun', undefined, 1, 'delivery'],
      ['disclose', 'error', 4, 1, 'delivery'],
      ['read', 'denied', undefined, 1, undefined],
    ]);
  });
});
