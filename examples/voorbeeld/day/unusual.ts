import { type Fact, HOUR, MINUTE, type Moment } from './moment.ts';
import { customers, employee, persons } from './people.ts';

/** Whom the police ask about; the customer must not learn of it until it is lifted. */
export const SUSPECT = 'c-1047';
/** Whom an employee looks at again and again in the lunch break. */
export const WATCHED = 'c-1041';
export const WATCHER = 'e-23';
/** Who asks to be forgotten. */
export const LEAVING = 'c-1013';

/** What a privacy officer would want to find: refused accesses, curiosity, the police, rights. */
export function unusual(): { readonly moments: Moment[]; readonly facts: Fact[] } {
  const right = (at: number, event: string, id: string): Fact => ({
    at,
    event,
    activity: 'data-subject-requests',
    person: { type: 'customer', id },
  });
  return {
    moments: [...refused(), ...curiosity(), ...police(), ...inspection()],
    facts: [
      right(1.2 * HOUR, 'access', 'c-1005'),
      right(3 * HOUR, 'rectification', 'c-1022'),
      right(4.4 * HOUR, 'objection', 'c-1031'),
      right(6.1 * HOUR, 'erasure', LEAVING),
      { ...right(9.5 * HOUR, 'service-ended', 'c-1066'), activity: 'dashboard' },
    ],
  };
}

function refused(): Moment[] {
  const common = {
    action: 'read',
    activity: 'account',
    operation: 'login-token.show',
    service: 'desk',
    outcome: 'denied',
  } as const;
  const fields = ['username', 'login-token'];
  return [1.7, 5.25, 5.26, 5.28, 8.9].map((hour, n) => ({
    at: hour * HOUR,
    event: {
      ...common,
      actor: employee(n === 0 ? 'e-71' : WATCHER, n === 0 ? 'engineer' : 'support'),
      subjects: customers(WATCHED),
      fields,
    },
  }));
}

function curiosity(): Moment[] {
  return Array.from({ length: 14 }, (_, n) => ({
    at: 4.5 * HOUR + n * 2 * MINUTE,
    event: {
      action: 'read',
      activity: 'order-handling',
      operation: 'customer.show',
      service: 'desk',
      actor: employee(WATCHER, 'support'),
      subjects: customers(WATCHED),
      fields: ['name', 'address', 'phone', 'order'],
    },
  }));
}

function police(): Moment[] {
  const common = {
    activity: 'legal-disclosure',
    service: 'desk',
    actor: employee('e-61', 'privacy-officer'),
    subjects: customers(SUSPECT),
    confidential: true,
    case: 'demand-2044',
    reason: 'demand 2044 of the public prosecutor',
  } as const;
  const at = 3.4 * HOUR;
  const read = {
    ...common,
    action: 'read',
    operation: 'demand.collect',
    fields: ['name', 'address', 'ip-address', 'order'],
  } as const;
  const given = {
    ...common,
    action: 'disclose',
    operation: 'demand.answer',
    recipient: 'police',
    fields: ['name', 'address', 'order'],
  } as const;
  return [
    { at, event: read },
    { at: at + 40 * MINUTE, event: given },
  ];
}

function inspection(): Moment[] {
  const common = {
    activity: 'data-subject-requests',
    service: 'desk',
    actor: employee('e-61', 'privacy-officer'),
  } as const;
  const person = persons('customer', ['c-1005']);
  return [
    {
      at: 2 * HOUR,
      event: {
        ...common,
        action: 'read',
        operation: 'request.identify',
        subjects: person,
        fields: ['identity-check'],
      },
    },
    {
      at: 2.6 * HOUR,
      event: {
        ...common,
        action: 'export',
        operation: 'request.answer',
        subjects: person,
        fields: ['name', 'email', 'order'],
      },
    },
  ];
}
