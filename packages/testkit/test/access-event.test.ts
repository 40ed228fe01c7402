import { accessEvent, fakeClock, type RegisterNames } from '@zegel/testkit';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const names: RegisterNames = {
  activities: {
    dashboard: { fields: ['name', 'email'], actions: ['read', 'update'], recipients: ['delivery'] },
    newsletter: { fields: ['email'] },
  },
  persons: ['customer', 'employee', 'visitor'],
  roles: ['support'],
};

const bytes = (text: string): number => new TextEncoder().encode(text).length;

test('events keep to the register and to the limits of the format', () => {
  fc.assert(
    fc.property(accessEvent(names), (event) => {
      const activity = names.activities[event.activity];
      expect(activity?.fields).toEqual(expect.arrayContaining([...event.fields]));
      expect(activity?.actions ?? [event.action]).toContain(event.action);
      expect([undefined, ...(activity?.recipients ?? [])]).toContain(event.recipient);
      const persons = [...event.subjects, ...(event.onBehalfOf === undefined ? [] : [event.onBehalfOf])];
      for (const { type, id } of persons) {
        expect(names.persons).toContain(type);
        expect(id.includes('\0')).toBe(false);
        expect(bytes(id)).toBeLessThanOrEqual(256);
      }
      expect(event.actor.kind === 'anonymous').toBe(event.actor.id === undefined);
      expect(
        event.actor.kind === 'anonymous' || names.persons.includes(event.actor.type ?? event.actor.kind),
      ).toBe(true);
      expect(event.service).toMatch(/^[a-z0-9][a-z0-9._-]{0,63}$/);
      expect(event.occurred ?? '2026-01-01T00:00:00.000Z').toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
      );
      expect(JSON.stringify(event).isWellFormed()).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('every optional key comes and goes', () => {
  const seen = new Map<string, number>();
  const events = fc.sample(accessEvent(names), 300);
  for (const event of events) for (const key of Object.keys(event)) seen.set(key, (seen.get(key) ?? 0) + 1);
  const optional = [
    'occurred',
    'operation',
    'recipient',
    'case',
    'onBehalfOf',
    'confidential',
    'reason',
    'outcome',
    'id',
    'trace',
  ];
  for (const key of optional) {
    expect(seen.get(key)).toBeGreaterThan(0);
    expect(seen.get(key)).toBeLessThan(300);
  }
});

test('a fake clock moves only when told', () => {
  const clock = fakeClock();
  expect(new Date(clock.now()).toISOString()).toBe('2026-11-22T12:00:00.000Z');
  clock.advance(1500);
  clock.advance(-500);
  expect(clock.now()).toBe(Date.UTC(2026, 10, 22, 12, 0, 1));
  clock.set(5);
  expect(clock.now()).toBe(5);
});
