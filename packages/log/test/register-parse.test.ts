import { describe, expect, test } from 'vitest';
import { builtinRegister } from '../src/register/builtin.ts';
import { parseRegister, RegisterError } from '../src/register/parse.ts';
import { sample, sampleJson } from './register-sample.ts';

function problemsOf(json: unknown): Record<string, string> {
  try {
    parseRegister(json);
  } catch (error) {
    if (!(error instanceof RegisterError)) throw error;
    return Object.fromEntries(error.problems.map(({ path, message }) => [path, message]));
  }
  return {};
}

/** The sample with the value at a JSON pointer replaced; `undefined` removes it. */
function changed(pointer: string, value: unknown): unknown {
  const json = sampleJson();
  const steps = pointer.split('/').slice(1);
  const last = steps.pop() ?? '';
  let place = json;
  for (const step of steps) place = place[step] as Record<string, unknown>;
  if (value === undefined) delete place[last];
  else Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true });
  return json;
}

describe('parseRegister', () => {
  test('gives a frozen copy of a good document', () => {
    const json = sampleJson();
    const register = parseRegister(json);
    expect(register).toEqual(sample);
    expect(register).not.toBe(json);
    expect(Object.isFrozen(register.activities['orders']?.fields)).toBe(true);
    (json['controller'] as { name: string }).name = 'Other';
    expect(register.controller.name).toBe('Sample B.V.');
  });

  test('takes the built-in register', () => {
    expect(problemsOf(structuredClone(builtinRegister))).toEqual({});
  });

  test('lists every problem at once, of shape and of reference', () => {
    const json = {
      ...sampleJson(),
      date: '2023-02-29',
      timezone: 'Europe/Atlantis',
      colour: 'blue',
      recipients: { police: { name: 'Politie', country: 'nl', role: 'friend' } },
      maximum: undefined,
    };
    const problems = problemsOf(JSON.parse(JSON.stringify(json)));
    expect(Object.keys(problems).sort()).toEqual([
      '',
      '/activities/orders/recipients/0',
      '/colour',
      '/date',
      '/recipients/police/country',
      '/recipients/police/role',
      '/timezone',
    ]);
    expect(problems['']).toBe('lacks "maximum"');
    expect(problems['/activities/orders/recipients/0']).toContain('"delivery"');
  });

  test.each([
    ['/date', '2024-02-30'],
    ['/date', '05 maart 2019'],
    ['/timezone', '+01:00'],
    ['/timezone', 'Mars/Base'],
    ['/maximum', 'P'],
    ['/maximum', 'PT5H'],
    ['/maximum', 'P1.5Y'],
    ['/persons', ['Customer']],
    ['/persons/1', 'customer'],
    ['/roles', 'support'],
    ['/controller/name', '  '],
    ['/controller/contact', '\ud800'],
    ['/tables/customers/person', 'plant'],
    ['/tables/__proto__', { person: 'customer', id: 'id' }],
    ['/fields/name/columns/0', 'suppliers.name'],
    ['/fields/name/columns/0', 'name'],
    ['/fields/Name', { nl: 'naam', en: 'name', category: 'contact' }],
    ['/fields/__proto__', { nl: 'naam', en: 'name', category: 'contact' }],
    ['/recipients/delivery/country', 'NLD'],
    ['/recipients/delivery/role', 'friend'],
    ['/activities/zegel-own', {}],
    ['/activities/orders/basis', 'because'],
    ['/activities/orders/fields/0', 'phone'],
    ['/activities/orders/actions', []],
    ['/activities/orders/actions/0', 'peek'],
    ['/activities/orders/persons/0', 'visitor'],
    ['/activities/orders/recipients/0', 'postman'],
    ['/activities/orders/roles/0', 'boss'],
    ['/activities/orders/retention/0/after', 'order-complete'],
    ['/activities/orders/retention/0/then', '7 years'],
    ['/activities/orders/retention/0', { after: 'recorded', period: 'P1D', until: 'unsubscribed' }],
    ['/activities/newsletter/retention/0/until', 'recorded'],
    ['/activities/newsletter/retention/0/until', 'cancelled'],
    ['/activities/orders/policy', 'lenient'],
    ['/activities/orders/values', 'yes'],
    ['/activities/orders/notes', 'x'],
    ['/actors/retention/0/after', 'sunset'],
  ])('refuses at %s: %j', (pointer, value) => {
    const paths = Object.keys(problemsOf(changed(pointer, value)));
    expect(paths.some((path) => path === pointer || path.startsWith(`${pointer}/`))).toBe(true);
  });

  test.each([
    '/controller',
    '/date',
    '/persons',
    '/roles',
    '/fields',
    '/recipients',
    '/activities',
    '/maximum',
  ])('needs %s', (pointer) => {
    expect(problemsOf(changed(pointer, undefined))['']).toBe(`lacks "${pointer.slice(1)}"`);
  });

  test('throws an error with a code and the first problems', () => {
    const parse = (): unknown => parseRegister({});
    expect(parse).toThrow(RegisterError);
    expect(parse).toThrow(expect.objectContaining({ code: 'REGISTER_INVALID', name: 'RegisterError' }));
    expect(parse).toThrow('register refused: lacks "controller"; lacks "date"; lacks "persons"; and 5 more');
  });

  test.each([[null], [7], ['x'], [[]], [[sampleJson()]]])('refuses what is no object as a whole', (json) => {
    expect(problemsOf(json)).toEqual({ '': 'must be an object' });
  });

  test('without words for events a term may name any; rights need no words', () => {
    const free = changed('/events', undefined) as { activities: { orders: { retention: unknown } } };
    free.activities.orders.retention = [{ until: 'whatever' }];
    expect(problemsOf(free)).toEqual({});
    expect(problemsOf(changed('/activities/orders/retention', [{ until: 'consent-withdrawn' }]))).toEqual({});
  });

  test('escapes and shortens hostile keys in pointers', () => {
    const paths = Object.keys(
      problemsOf(changed('/controller', { name: 'x', contact: 'y', 'a/b~': 1, ['k'.repeat(500)]: 2 })),
    );
    expect(paths).toEqual(['/controller/a~1b~0', `/controller/${'k'.repeat(64)}…`]);
  });
});
