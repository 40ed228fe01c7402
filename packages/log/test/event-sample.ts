import type { NormalizedEvent } from '../src/event/types.ts';
import { isProblems, validateEvent } from '../src/event/validate.ts';
import { compileRegister } from '../src/register/compile.ts';
import { sample } from './register-sample.ts';

export const register = compileRegister(sample, 2);

/** An event that uses every key there is. */
export function fullEvent(): Record<string, unknown> {
  return {
    occurred: '2026-11-22T12:00:00.000Z',
    action: 'read',
    operation: 'customer.show',
    activity: 'orders',
    actor: {
      kind: 'employee',
      type: 'employee',
      id: 'e-17',
      role: 'support',
      ip: '192.0.2.7',
      userAgent: 'Browser/1 (x)',
    },
    subjects: [{ type: 'customer', id: 'c-1001', involvement: 'related' }],
    fields: ['price', 'name'],
    service: 'dashboard',
    recipient: 'delivery',
    case: 'order-881',
    onBehalfOf: { type: 'employee', id: 'e-3' },
    confidential: true,
    reason: 'phone call',
    outcome: 'begun',
    id: 'optional, for idempotency',
    trace: { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' },
    flags: ['undeclared', 'late'],
    of: 12,
  };
}

/** The least that an event can be. */
export function leastEvent(): Record<string, unknown> {
  return {
    action: 'read',
    activity: 'orders',
    actor: { kind: 'system', id: 'job' },
    subjects: [],
    fields: [],
    service: 'shop',
  };
}

/** The normalized event; fails the test with the problems when it is refused. */
export function accepted(event: unknown): NormalizedEvent {
  const result = validateEvent(register, event);
  if (isProblems(result)) throw new Error(JSON.stringify(result));
  return result;
}

/** Problems by path; empty when the event is accepted. */
export function refused(event: unknown): Record<string, string> {
  const result = validateEvent(register, event);
  return isProblems(result) ? Object.fromEntries(result.map(({ path, message }) => [path, message])) : {};
}
