import { CONSULTATION_ACTIVITY } from '@zegel/core';
import { builtinRegister } from '@zegel/log';
import { testLog } from '@zegel/testing';
import { describe, expect, test } from 'vitest';
import type { CaptureCore } from '../src/capture.ts';
import { createCapture } from '../src/create-capture.ts';
import { CaptureError } from '../src/errors.ts';
import { register } from './register.ts';
import { anna, captured, coded, customer, place } from './sample.ts';

/** Paths of the problems that a definition meets. */
function problems(define: () => unknown): readonly string[] {
  try {
    define();
  } catch (error) {
    if (error instanceof CaptureError && error.code === 'DECLARATION_INVALID')
      return error.problems.map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('a declaration', () => {
  // What the compiler would refuse, since plain JavaScript can say it.
  const check: CaptureCore['check'] = (activity, declaration) => {
    const { check: strictly }: CaptureCore = captured();
    return strictly(activity, declaration);
  };

  test.each([
    ['an unknown activity', 'nowhere', { action: 'read', fields: ['name'] }, ['/activity']],
    ['an action that is not allowed', 'staff', { action: 'update', fields: ['salary'] }, ['/action']],
    ['an unknown action', 'staff', { action: 'peek', fields: ['salary'] }, ['/action']],
    [
      'a field of another activity',
      'dashboard',
      { action: 'read', fields: ['name', 'salary'] },
      ['/fields/1'],
    ],
    [
      'a recipient of another activity',
      'staff',
      { action: 'read', fields: [], recipient: 'delivery' },
      ['/recipient'],
    ],
    [
      'an operation that is a URL',
      'dashboard',
      { action: 'read', fields: [], operation: '/customers/1' },
      ['/operation'],
    ],
    ['an unknown key', 'dashboard', { action: 'read', fields: [], subject: customer('c-1') }, ['/subject']],
    ['no fields', 'dashboard', { action: 'read' }, ['']],
    ['Zegel’s own activity', CONSULTATION_ACTIVITY, { action: 'read', fields: [] }, ['/activity']],
  ])('with %s is refused when it is defined', (_, activity, declaration, paths) => {
    expect(problems(() => check(activity, declaration as never))).toEqual(paths);
  });

  test('is refused with every problem at once', () => {
    const wrong = { action: 'peek', fields: ['nmae', 'name'], recipient: 'postman', extra: 1 };
    expect(problems(() => check('dashboard', wrong as never))).toEqual([
      '/extra',
      '/action',
      '/recipient',
      '/fields/0',
    ]);
  });

  test('that fits knows its policy and has its fields in order', () => {
    expect(check('helpdesk', { action: 'read', fields: ['name', 'email', 'name'] })).toMatchObject({
      activity: 'helpdesk',
      policy: 'available',
      fields: ['email', 'name'],
    });
    expect(check('dashboard', { action: 'read', fields: [] }).policy).toBe('strict');
  });
});

describe('an access', () => {
  test('of a person that the activity may not concern does not run', async () => {
    const { access, runAs, log } = captured();
    let ran = false;
    const act = (): void => void (ran = true);
    for (const person of [
      { type: 'employee', id: 'e-1' },
      { type: 'customer', id: '' },
    ]) {
      const known = { subject: person as never, fields: ['name'] } as const;
      const read = runAs(anna, () => access.read('dashboard', known, act));
      await expect(read).rejects.toMatchObject({ code: 'DECLARATION_INVALID', activity: 'dashboard' });
    }
    expect([ran, log.accesses()]).toEqual([false, []]);
  });

  test('is held against the register before a sink has it that would take anything', async () => {
    const taken: unknown[] = [];
    const append = async (events: readonly unknown[]) => {
      taken.push(...events);
      return [];
    };
    const { access, runAs } = createCapture({ to: { append }, register, service: 'shop', gaps: place() });
    const known = { subject: { type: 'employee', id: 'e-1' } as never, fields: ['name'] } as const;
    const read = runAs(anna, () => access.read('dashboard', known, () => expect.unreachable()));
    await expect(read).rejects.toEqual(coded('DECLARATION_INVALID'));
    expect(taken).toEqual([]);
  });

  test('that neither names a subject nor how to find one does not run', async () => {
    const { access, runAs } = captured();
    const read = runAs(anna, () =>
      access.read('dashboard', { fields: ['name'] } as never, () => expect.unreachable()),
    );
    await expect(read).rejects.toMatchObject({
      code: 'DECLARATION_INVALID',
      problems: [{ path: '/subject' }],
    });
  });

  test('by an actor without a key or in an unknown role does not run', async () => {
    const { access, runAs } = captured();
    const known = { subject: customer('c-1'), fields: ['name'] } as const;
    for (const [actor, path] of [
      [{ kind: 'employee' }, '/actor/id'],
      [{ ...anna, role: 'boss' }, '/actor/role'],
    ] as const) {
      const read = runAs(actor, () => access.read('dashboard', known, () => expect.unreachable()));
      await expect(read).rejects.toMatchObject({ code: 'DECLARATION_INVALID', problems: [{ path }] });
    }
  });

  test('denied is an entry, with its subject or without', async () => {
    const { access, runAs, log } = captured();
    await runAs(anna, async () => {
      await access.denied('staff', {
        action: 'read',
        fields: ['salary'],
        subject: { type: 'employee', id: 'e-1' },
      });
      await access.denied('staff', { action: 'read', fields: ['salary'], reason: 'no right' });
    });
    expect(log.accesses()).toMatchObject([
      { outcome: 'denied', subjects: [{ id: 'e-1' }] },
      { outcome: 'denied', subjects: [], reason: 'no right' },
    ]);
    log.fail('down');
    const again = runAs(anna, () => access.denied('staff', { action: 'read', fields: [] }));
    await expect(again).rejects.toEqual(coded('LOG_UNAVAILABLE'));
  });
});

describe('a capture', () => {
  test('needs a register and a name', () => {
    const to = { append: () => Promise.reject(new Error('down')) };
    expect(problems(() => createCapture({ to, service: 'shop' }))).toEqual(['/register']);
    expect(problems(() => createCapture({ to, register, service: 'My Shop' }))).toEqual(['/service']);
  });

  test('makes persons of the types that its register has', () => {
    const { persons } = captured();
    expect(persons.customer('c-1', 'related')).toEqual({
      type: 'customer',
      id: 'c-1',
      involvement: 'related',
    });
    expect(Object.keys(persons)).toEqual(['customer', 'employee']);
    const { persons: any } = createCapture({ to: testLog(builtinRegister), service: 'shop', gaps: place() });
    expect([any['patient']?.('p-1'), 'then' in any, any['then']]).toEqual([
      { type: 'patient', id: 'p-1' },
      false,
      undefined,
    ]);
  });

  test('is not stopped by an observer that throws', async () => {
    const { access, runAs, log } = captured({
      onProblem: () => {
        throw new Error('the observer is broken');
      },
    });
    log.fail('down');
    expect(
      await runAs(anna, () => access.read('helpdesk', { subjects: [], fields: ['name'] }, () => 7)),
    ).toBe(7);
  });
});
