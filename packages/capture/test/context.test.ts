import { AsyncResource } from 'node:async_hooks';
import { setTimeout as later } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Declaration } from '../src/declaration.ts';
import { DeniedError } from '../src/errors.ts';
import { anna, type Captured, captured, coded, customer } from './sample.ts';

const name = { action: 'read', fields: ['name'] } as const;
const search = { action: 'search', fields: ['name'] } as const;
const success = { outcome: 'success' } as const;
const query = { persons: [customer('c-2')], fields: ['name'], operation: 'select.customers' };

/** A context of Anna's in which one access is open. */
function opened(
  { check, begin }: Captured,
  declaration: Declaration,
  subjects: Parameters<typeof open>[1],
  activity = 'dashboard',
) {
  const context = begin({ actor: anna, operation: 'get.customers' });
  // The types of `check` name activities of the register; here any may come.
  const checked = (check as (activity: string, declaration: Declaration) => ReturnType<typeof check>)(
    activity,
    declaration,
  );
  return { context, access: open(context, subjects, checked) };
}

function open(
  context: ReturnType<Captured['begin']>,
  subjects: Parameters<typeof context.declare>[1],
  checked: Parameters<typeof context.declare>[0],
) {
  return context.declare(checked, subjects);
}

const told = ({ log }: Captured): unknown[] =>
  log.accesses().map(({ outcome, subjects, fields, flags = [], of, operation }) => ({
    outcome,
    who: subjects.map(({ id }) => id),
    fields,
    flags,
    of,
    operation,
  }));
const entry = {
  outcome: 'success',
  who: [],
  fields: ['name'],
  flags: [],
  of: undefined,
  operation: 'get.customers',
};

describe('a declared access', () => {
  test.each([
    ['whose entry comes first', name, [customer('c-1')]],
    ['whose entry comes after', search, 'discovered'],
  ] as const)(
    '%s is denied, and said to be, for a role that the activity is not for',
    async (_, how, whose) => {
      const capture = captured({ dataLayer: true });
      const { access } = opened(capture, how, whose, 'payroll');
      await expect(access.before()).rejects.toThrow(DeniedError);
      await access.after({ outcome: 'denied' });
      expect(told(capture)).toMatchObject([
        { outcome: 'denied', who: whose === 'discovered' ? [] : ['c-1'] },
      ]);
    },
  );

  test('of known subjects begins with its entry and needs no other', async () => {
    const capture = captured();
    const { access } = opened(capture, name, [customer('c-1')]);
    expect(access.early).toBe(true);
    await access.before();
    expect(told(capture)).toEqual([{ ...entry, outcome: 'begun', who: ['c-1'] }]);
    await access.after(success);
    await access.after({ outcome: 'error' });
    expect(told(capture)).toHaveLength(1);
  });

  test.each(['denied', 'error'] as const)('that ends in %s has a second entry', async (outcome) => {
    const capture = captured();
    const { access } = opened(capture, name, [customer('c-1')]);
    await access.before();
    await access.after({ outcome });
    expect(told(capture).at(-1)).toEqual({ ...entry, outcome, who: ['c-1'], of: 0 });
  });

  test('that discovers nobody and does not say so fails closed', async () => {
    const capture = captured();
    const { access } = opened(capture, search, 'discovered');
    expect(access.early).toBe(false);
    await access.before();
    expect(told(capture)).toEqual([]);
    await expect(access.after(success)).rejects.toEqual(coded('NOTHING_SEEN'));
    expect(told(capture)).toEqual([{ ...entry, outcome: 'error' }]);
  });

  test('that discovers nobody and ends in a denial is an entry of nobody', async () => {
    const capture = captured();
    const { access } = opened(capture, search, 'discovered');
    await access.after({ outcome: 'denied' });
    expect(told(capture)).toEqual([{ ...entry, outcome: 'denied' }]);
  });

  test('takes what was seen in its context, each person once', async () => {
    const capture = captured();
    const { context, access } = opened(capture, search, 'discovered');
    await context.run(async () => {
      capture.access.saw(customer('c-1'), customer('c-2'));
      await later(1);
      capture.access.saw([customer('c-1')]);
      capture.access.saw();
    });
    await access.after(success);
    expect(told(capture)).toEqual([{ ...entry, who: ['c-1', 'c-2'] }]);
    expect(() => context.saw([customer('c-3')])).toThrow(expect.objectContaining({ code: 'NO_CONTEXT' }));
  });

  test('of which a known subject and somebody else was seen has a flagged second entry', async () => {
    const capture = captured();
    const { context, access } = opened(capture, name, [customer('c-1')]);
    await access.before();
    context.saw([customer('c-1'), customer('c-9')]);
    await access.after(success);
    expect(told(capture).at(-1)).toEqual({ ...entry, who: ['c-9'], flags: ['undeclared'], of: 0 });
    expect(capture.problems).toMatchObject([{ kind: 'undeclared', activity: 'dashboard' }]);
  });

  test('keeps its excess from going out without an entry', async () => {
    const capture = captured();
    const { context, access } = opened(capture, name, [customer('c-1')]);
    await access.before();
    context.saw([customer('c-9')]);
    capture.log.fail('down');
    await expect(access.after(success)).rejects.toEqual(coded('LOG_UNAVAILABLE'));
  });
});

describe('a captured driver', () => {
  test('makes a read one entry, of what was declared and what was seen', async () => {
    const capture = captured({ dataLayer: true });
    const { context, access } = opened(capture, name, [customer('c-1')]);
    expect(access.early).toBe(false);
    await access.before();
    context.observe({ ...query, persons: [customer('c-1')] });
    await access.after(success);
    expect(told(capture)).toEqual([{ ...entry, who: ['c-1'] }]);
  });

  test('leaves a change to begin with its entry', async () => {
    const capture = captured({ dataLayer: true });
    expect(opened(capture, { ...name, action: 'update' }, [customer('c-1')]).access.early).toBe(true);
    expect(opened(capture, { ...name, action: 'disclose' }, [customer('c-1')]).access.early).toBe(true);
    expect(opened(capture, { ...name, action: 'create' }, 'discovered').access.early).toBe(true);
  });

  test('finds persons behind the declaration’s back', async () => {
    const capture = captured({ dataLayer: true });
    const { context, access } = opened(capture, name, [customer('c-1')]);
    context.observe(query);
    await access.after(success);
    expect(told(capture)).toEqual([
      { ...entry, who: ['c-1'] },
      { ...entry, who: ['c-2'], flags: ['undeclared', 'supplement'], operation: 'select.customers' },
    ]);
  });

  test('names the statement in the second entry of an access that had begun', async () => {
    const capture = captured();
    const { context, access } = opened(capture, name, [customer('c-1')]);
    await access.before();
    context.observe(query);
    await access.after(success);
    expect(told(capture).at(-1)).toEqual({
      ...entry,
      who: ['c-2'],
      flags: ['undeclared'],
      of: 0,
      operation: 'select.customers',
    });
  });

  test('is refused fields beyond the declared ones, and so is the result even if that was caught', async () => {
    const capture = captured({ dataLayer: true });
    const { context, access } = opened(capture, search, 'discovered');
    const beyond = { ...query, fields: ['name', 'email', 'salary'] };
    expect(() => context.observe(beyond)).toThrow(
      expect.objectContaining({ code: 'UNDECLARED', activity: 'dashboard' }),
    );
    await expect(access.after(success)).rejects.toEqual(coded('UNDECLARED'));
    // Salary is no field of this activity: the log could not take it.
    const fields = ['email', 'name'];
    const flags = ['undeclared', 'supplement'];
    expect(told(capture)).toEqual([
      { ...entry, outcome: 'error', who: ['c-2'] },
      { ...entry, outcome: 'error', who: ['c-2'], fields, flags, operation: 'select.customers' },
    ]);
  });

  test('is only flagged for them under `available`', async () => {
    const capture = captured({ dataLayer: true });
    const { context, access } = opened(capture, search, 'discovered', 'helpdesk');
    context.observe({ ...query, fields: ['name', 'email'] });
    context.observe({ ...query, unknown: true });
    await access.after(success);
    const flags = ['undeclared', 'unknown-columns', 'supplement'];
    const beyond = { fields: ['email', 'name'], flags, operation: 'select.customers' };
    expect(told(capture)).toEqual([
      { ...entry, who: ['c-2'] },
      { ...entry, who: ['c-2'], ...beyond },
    ]);
  });

  test('is refused a change that says nothing of whom it touches', async () => {
    const capture = captured({ dataLayer: true });
    const change = { persons: [], fields: ['name'], write: true };
    const strict = opened(capture, { ...name, action: 'update' }, 'discovered');
    await strict.access.before();
    expect(() => strict.context.observe(change)).toThrow(expect.objectContaining({ code: 'BULK_UNKNOWN' }));
    await expect(strict.access.after(success)).rejects.toEqual(coded('BULK_UNKNOWN'));
    const available = opened(capture, { ...name, action: 'update' }, 'discovered', 'helpdesk');
    await available.access.before();
    available.context.observe(change);
    await available.access.after(success);
    expect(told(capture).at(-1)).toEqual({ ...entry, of: 2, flags: ['unknown-subjects'] });
    await capture.gaps();
    expect(capture.log.gaps()).toMatchObject([{ activity: 'helpdesk', count: 1 }]);
    const known = opened(capture, { ...name, action: 'update' }, [customer('c-1')]);
    known.context.observe(change);
  });

  test('tells each of two accesses under way in one context what its own act read', async () => {
    const capture = captured({ dataLayer: true });
    const read = (id: string) => async (): Promise<void> => {
      await later(1);
      capture.current()?.observe({ ...query, persons: [customer(id)] });
      await later(1);
    };
    await capture.runAs(anna, () =>
      Promise.all(
        ['c-1', 'c-2', 'c-3'].map((id) =>
          capture.access.read('dashboard', { subject: customer(id), fields: ['name'] }, read(id)),
        ),
      ),
    );
    expect(capture.problems).toEqual([]);
    expect(capture.log.accesses().map(({ subjects }) => subjects.length)).toEqual([1, 1, 1]);
  });

  test('is refused outside any declared access', async () => {
    const capture = captured({ dataLayer: true });
    const context = capture.begin({ actor: anna });
    expect(() => context.observe(query)).toThrow(expect.objectContaining({ code: 'UNDECLARED' }));
    const { context: other, access } = opened(capture, search, 'discovered');
    other.saw([]);
    await access.after(success);
    expect(() => other.observe(query)).toThrow(expect.objectContaining({ code: 'UNDECLARED' }));
  });

  test('tells the access whose act it runs in, not the one around it', async () => {
    const capture = captured({ dataLayer: true });
    const { context, access } = opened(capture, search, 'discovered');
    await context.run(async () => {
      capture.access.saw(customer('c-1'));
      const inner = { subject: customer('c-2'), fields: ['email'] } as const;
      await capture.access.read('dashboard', inner, () => {
        capture.current()?.observe({ ...query, fields: ['email'] });
      });
    });
    await access.after(success);
    expect(told(capture)).toMatchObject([
      { who: ['c-2'], fields: ['email'], flags: [] },
      { who: ['c-1'], fields: ['name'], flags: [] },
    ]);
  });
});

describe('a context', () => {
  test('lends its facts to every entry', async () => {
    const { access, runAs, log } = captured();
    const trace = { trace: '0'.repeat(31) + '1', span: '0'.repeat(15) + '2' };
    const more = { onBehalfOf: { type: 'employee', id: 'e-3' }, case: 'order-1', reason: 'a call', trace };
    await runAs(
      anna,
      () => access.read('dashboard', { subject: customer('c-1'), fields: ['name'] }, () => 1),
      more,
    );
    await runAs(
      anna,
      () =>
        access.read(
          'dashboard',
          { subject: customer('c-1'), fields: ['name'], reason: 'x', case: 'y' },
          () => 1,
        ),
      more,
    );
    expect(log.accesses()).toMatchObject([
      { actor: anna, ...more },
      { reason: 'x', case: 'y' },
    ]);
  });

  test('seals what was discovered in a job, merged by equal declarations, before the job’s result is handed over', async () => {
    const { access, runAs, log } = captured();
    const result = await runAs(anna, async () => {
      access.saw('dashboard', { action: 'read', fields: ['name', 'email'] }, [customer('c-1')]);
      access.saw('dashboard', { action: 'read', fields: ['email', 'name'] }, [
        customer('c-2'),
        customer('c-1'),
      ]);
      access.saw('dashboard', name, [customer('c-3')]);
      await later(1);
      return log.accesses().length;
    });
    expect(result).toBe(0);
    expect(log.accesses().map(({ subjects, fields }) => [subjects.map(({ id }) => id), fields])).toEqual([
      [
        ['c-1', 'c-2'],
        ['email', 'name'],
      ],
      [['c-3'], ['name']],
    ]);
    log.fail('down');
    const job = runAs(anna, () => access.saw('dashboard', name, [customer('c-3')]));
    await expect(job).rejects.toEqual(coded('LOG_UNAVAILABLE'));
  });

  test('goes on discovering over the accesses within it, and is over when it is sealed', async () => {
    const { access, runAs, log } = captured();
    const inner = { subject: customer('c-9'), fields: ['name'] } as const;
    let seeLater = (): void => undefined;
    await runAs(anna, async () => {
      access.saw('dashboard', name, [customer('c-1')]);
      await access.update('dashboard', inner, () => access.saw('dashboard', name, [customer('c-2')]));
      const fail = (): never => {
        throw new Error('boom');
      };
      await access.update('dashboard', inner, fail).catch(() => undefined);
      access.saw('dashboard', name, [customer('c-3')]);
      seeLater = AsyncResource.bind(() => access.saw('dashboard', name, [customer('c-4')]));
    });
    expect(log.accesses().map(({ outcome, subjects }) => [outcome, subjects.length])).toEqual([
      ['begun', 1],
      ['begun', 1],
      ['error', 1],
      ['success', 3],
    ]);
    expect(seeLater).toThrow(expect.objectContaining({ code: 'NO_CONTEXT' }));
  });

  test('seals it with the route’s own entry, and into it where the declarations are equal', async () => {
    const capture = captured();
    const { context, access } = opened(capture, search, 'discovered');
    context.run(() => {
      capture.access.saw('dashboard', search, [customer('c-1')]);
      capture.access.saw('dashboard', name, [customer('c-2')]);
    });
    await access.after(success);
    expect(told(capture)).toEqual([
      { ...entry, who: ['c-1'] },
      { ...entry, who: ['c-2'] },
    ]);
  });

  test('is not mixed up with others that run at the same time, nor with one it runs in', async () => {
    const { access, runAs, log, current } = captured();
    const visit = async (n: number): Promise<void> => {
      await later(n % 3);
      const known = { subject: customer(`c-${n}`), fields: ['name'] } as const;
      await runAs({ kind: 'system', id: `job-${n}` }, async () => {
        await later((n * 7) % 5);
        await access.read('dashboard', known, () => later(n % 2));
        await runAs({ kind: 'system', id: `inner-${n}` }, () =>
          access.update('dashboard', known, () => later(1)),
        );
        expect(current()?.actor.id).toBe(`job-${n}`);
        await access.export('dashboard', known, () => 1);
      });
    };
    await Promise.all(Array.from({ length: 100 }, (_, n) => visit(n)));
    const rows = log.accesses();
    expect(rows).toHaveLength(300);
    for (const { actor, subjects, action, trace } of rows) {
      const n = subjects[0]?.id.slice(2);
      expect(actor.id).toBe(`${action === 'update' ? 'inner' : 'job'}-${n}`);
      const same = rows.filter((row) => row.trace?.trace === trace?.trace);
      expect(new Set(same.map((row) => row.actor.id)).size).toBe(1);
    }
    expect(current()).toBeUndefined();
  });

  test('must be there: without one nobody knows who asks', async () => {
    const { access, log } = captured();
    const known = { subject: customer('c-1'), fields: ['name'] } as const;
    await expect(access.read('dashboard', known, () => 1)).rejects.toEqual(coded('NO_CONTEXT'));
    expect(() => access.saw(customer('c-1'))).toThrow(expect.objectContaining({ code: 'NO_CONTEXT' }));
    expect(await access.read('helpdesk', known, () => 1)).toBe(1);
    expect(log.accesses()).toMatchObject([
      { activity: 'helpdesk', actor: { kind: 'anonymous' }, flags: ['no-context'] },
    ]);
  });
});
