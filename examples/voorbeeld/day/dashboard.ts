import type { Dice } from './dice.ts';
import { HOUR, MINUTE, type Moment } from './moment.ts';
import { CUSTOMERS, customers, employee, outsider, staff } from './people.ts';

const SESSIONS = 150;

/** The dashboard: customers set how they can be reached, now and then somebody of support looks along. */
export function dashboard(dice: Dice): Moment[] {
  return Array.from({ length: SESSIONS }, () => session(dice)).flat();
}

function session(dice: Dice): Moment[] {
  const customer = dice.pick(CUSTOMERS);
  const start = dice.roll() * 9.5 * HOUR;
  const common = { activity: 'dashboard', service: 'dashboard', subjects: customers(customer) } as const;
  const actor = outsider('customer', customer);
  const moments: Moment[] = [
    {
      at: start,
      event: {
        ...common,
        action: 'read',
        operation: 'settings.show',
        actor,
        fields: ['name', 'dashboard-settings'],
      },
    },
  ];
  for (let step = 1; step <= dice.between(1, 4); step++) {
    const operation = dice.pick(['opening-hours.set', 'forwarding.set', 'greeting.set']);
    const change = { ...common, action: 'update', operation, actor, fields: ['dashboard-settings'] } as const;
    moments.push({ at: start + step * dice.between(20, 150) * 1000, event: change });
  }
  return dice.happens(0.4) ? [...moments, lookAlong(dice, customer, start + 12 * MINUTE)] : moments;
}

function lookAlong(dice: Dice, customer: string, at: number): Moment {
  const trainee = dice.happens(0.2);
  return {
    at,
    event: {
      action: 'read',
      activity: 'dashboard',
      operation: 'actions.show',
      service: 'dashboard',
      actor: employee(trainee ? 'e-19' : dice.pick(staff('support')), 'support'),
      ...(trainee && { onBehalfOf: { type: 'employee', id: 'e-17' } }),
      subjects: customers(customer),
      fields: ['name', 'email', 'dashboard-actions'],
      reason: 'the customer asked what had changed',
    },
  };
}
