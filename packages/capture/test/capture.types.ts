// Compiled by capture-types.test.ts, never run: what must type-check, and what wrong cases build upon.
import { defineRegister, openLog } from '@zegel/log';
import type { Capture, CaptureCore, CaptureOptions } from '../src/capture.ts';
import { createCapture } from '../src/create-capture.ts';
import type { CaptureSink } from '../src/sink.ts';
import { type Register, register } from './register.ts';

export type { Capture, CaptureOptions, CaptureSink, Register };
export { createCapture, defineRegister, openLog, register };

export const capture: Capture<Register> = createCapture({
  to: { append: () => Promise.resolve([]) },
  register,
  service: 'shop',
});
export const { access, check, persons, runAs } = capture;

/** The register is inferred from what the log was opened with. */
export const overLog = async () =>
  createCapture({ to: await openLog('./audit', { register }), service: 'shop' });

export const name = { fields: ['name'] } as const;
export const known = { subject: persons.customer('c-1'), ...name } as const;
export const one = (): { readonly id: string } => ({ id: 'c-1' });

export const right: readonly Promise<{ readonly id: string }>[] = [
  access.read('dashboard', known, one),
  access.read(
    'dashboard',
    { ...known, recipient: 'delivery', confidential: true, reason: 'x', case: 'y', operation: 'z' },
    one,
  ),
  access.read('dashboard', { subjects: [], fields: ['name', 'email'] }, async () => one()),
  access.update('dashboard', name, one, ({ id }) => [persons.customer(id)]),
  access.search('dashboard', name, one, ({ id }) => [persons.customer(id, 'related')]),
  access.read('staff', { subject: [persons.employee('e-1')], fields: ['salary'] }, one),
  runAs({ kind: 'system', id: 'job' }, one),
];
access.saw(persons.customer('c-1'), persons.employee('e-1'));
access.saw([persons.customer('c-1')]);
access.saw();
access.saw('staff', { action: 'read', fields: ['salary'] }, [persons.employee('e-1')]);
check('dashboard', { action: 'read', fields: ['name'] });
export const core = (): CaptureCore => capture;
export const stream = access.stream('dashboard', { action: 'export', fields: [] }, [one()], ({ id }) => [
  persons.customer(id),
]);
export const denied: Promise<void> = access.denied('staff', {
  action: 'read',
  fields: [],
  subject: persons.employee('e-1'),
});
