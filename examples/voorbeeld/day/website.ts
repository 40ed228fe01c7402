import type { Dice } from './dice.ts';
import { type Fact, HOUR, MINUTE, type Moment, WORKING_HOURS } from './moment.ts';
import { employee, outsider, persons, program, SUBSCRIBERS, VISITORS } from './people.ts';

const VISITS = 700;

/** The website: visits, what the services behind the statistics are given, the newsletter. */
export function website(dice: Dice): { readonly moments: Moment[]; readonly facts: Fact[] } {
  const visits = Array.from({ length: VISITS }, () => visit(dice));
  const hours = Array.from({ length: WORKING_HOURS }, (_, hour) =>
    statistics(dice, (hour + 0.98) * HOUR),
  ).flat();
  const leaving = dice.some(SUBSCRIBERS, 9).map((id, n) => ({ id, at: (2.5 + n * 0.8) * HOUR }));
  const letters = leaving.map(({ id, at }) => unsubscribing(id, at));
  const facts = leaving.map(({ id, at }) => ({
    at: at + 1000,
    event: 'unsubscribed',
    activity: 'newsletter',
    person: { type: 'subscriber', id },
  }));
  return { moments: [...visits, ...hours, mailing(), ...letters], facts };
}

function visit(dice: Dice): Moment {
  return {
    at: dice.roll() * WORKING_HOURS * HOUR,
    event: {
      action: dice.happens(0.3) ? 'create' : 'read',
      activity: 'cookies',
      operation: 'page.visit',
      service: 'website',
      actor: program('website'),
      subjects: persons('visitor', [dice.pick(VISITORS)]),
      fields: ['cookie', 'website-visit'],
    },
  };
}

function statistics(dice: Dice, at: number): Moment[] {
  const common = { action: 'disclose', service: 'website', actor: program('statistics') } as const;
  const seen = (count: number): ReturnType<typeof persons> => persons('visitor', dice.some(VISITORS, count));
  const visits = { ...common, activity: 'website-statistics', operation: 'statistics.send' } as const;
  const business = { ...common, activity: 'business-visits', operation: 'company.find' } as const;
  const fields = ['cookie', 'website-visit'];
  return [
    { at, event: { ...visits, recipient: 'google-analytics', subjects: seen(60), fields } },
    { at: at + 4000, event: { ...visits, recipient: 'linkedin', subjects: seen(40), fields } },
    {
      at: at + 9000,
      event: { ...business, recipient: 'leadinfo', subjects: seen(12), fields: ['ip-address'] },
    },
  ];
}

function mailing(): Moment {
  return {
    at: 2 * HOUR + 5 * MINUTE,
    event: {
      action: 'export',
      activity: 'newsletter',
      operation: 'newsletter.send',
      service: 'mailer',
      actor: program('mailer'),
      onBehalfOf: { type: 'employee', id: 'e-51' },
      subjects: persons('subscriber', SUBSCRIBERS),
      fields: ['email'],
    },
  };
}

function unsubscribing(id: string, at: number): Moment {
  const actor = outsider('subscriber', id);
  const fields = ['subscription'];
  const common = { activity: 'newsletter', operation: 'newsletter.leave', service: 'website' } as const;
  return { at, event: { ...common, action: 'update', actor, subjects: persons('subscriber', [id]), fields } };
}

/** What marketing takes home: all customers of a month in one file. */
export function bulkExport(ids: readonly string[]): Moment {
  return {
    at: 7 * HOUR + 12 * MINUTE,
    event: {
      action: 'export',
      activity: 'marketing',
      operation: 'customers.export',
      service: 'desk',
      actor: employee('e-51', 'marketing'),
      subjects: persons('customer', ids),
      fields: ['name', 'address', 'city', 'email'],
      reason: 'Christmas cards',
    },
  };
}
