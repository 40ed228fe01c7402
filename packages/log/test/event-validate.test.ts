import { describe, expect, test } from 'vitest';
import { isProblems, validateEvent } from '../src/event/validate.ts';
import { accepted, fullEvent, leastEvent, refused, register } from './event-sample.ts';

describe('an event that is accepted', () => {
  test('is flat, with names sorted', () => {
    expect(accepted(fullEvent())).toEqual({
      id: 'optional, for idempotency',
      occurred: '2026-11-22T12:00:00.000Z',
      action: 'read',
      activity: register.activities.get('orders'),
      operation: 'customer.show',
      service: 'dashboard',
      outcome: 'begun',
      actorKind: 'employee',
      actorType: 'employee',
      actorId: 'e-17',
      actorRole: 'support',
      ip: '192.0.2.7',
      userAgent: 'Browser/1 (x)',
      onBehalfOf: { type: 'employee', id: 'e-3' },
      subjects: [{ type: 'customer', id: 'c-1001', involvement: 'related' }],
      fields: ['name', 'price'],
      recipient: 'delivery',
      case: 'order-881',
      confidential: true,
      reason: 'phone call',
      trace: { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331' },
      flags: ['late', 'undeclared'],
      of: 12,
    });
  });

  test('may be a refusal of a role that has no business under the activity, but of one there is', () => {
    const actor = { kind: 'employee', id: 'e-1', role: 'planner' } as const;
    expect(accepted({ ...leastEvent(), actor, outcome: 'denied' })).toMatchObject({ actorRole: 'planner' });
    for (const outcome of ['begun', 'success', 'error'])
      expect(Object.keys(refused({ ...leastEvent(), actor, outcome }))).toEqual(['/actor/role']);
    const unknown = { ...actor, role: 'boss' };
    expect(Object.keys(refused({ ...leastEvent(), actor: unknown, outcome: 'denied' }))).toEqual([
      '/actor/role',
    ]);
  });

  test('has its defaults', () => {
    const event = accepted(leastEvent());
    expect(event).toMatchObject({
      outcome: 'success',
      operation: 'orders.read',
      actorType: 'system',
      actorId: 'job',
      confidential: false,
      subjects: [],
      fields: [],
    });
    const left = [
      'id',
      'occurred',
      'actorRole',
      'ip',
      'userAgent',
      'onBehalfOf',
      'recipient',
      'case',
      'reason',
      'trace',
      'flags',
      'of',
    ];
    for (const key of left) expect(event).toHaveProperty(key, undefined);
  });

  test('involves its subjects as targets, in a search as shown', () => {
    const subjects = [
      { type: 'customer', id: '1' },
      { type: 'customer', id: '1', involvement: 'target' },
    ];
    const involvements = (action: string): string[] =>
      accepted({ ...leastEvent(), action, subjects }).subjects.map((subject) => subject.involvement);
    expect(involvements('read')).toEqual(['target', 'target']);
    expect(involvements('search')).toEqual(['shown', 'target']);
  });

  test.each([3, 40])('has each of its fields once, in order (%i given)', (count) => {
    const names = ['zulu', 'alpha', 'mike'];
    const fields = Array.from({ length: count }, (_, at) => names[at % 3]);
    expect(accepted({ ...leastEvent(), activity: 'anything', fields: [...fields, 'alpha'] }).fields).toEqual([
      'alpha',
      'mike',
      'zulu',
    ]);
  });

  test('sorts by UTF-16 code units: a dash comes before a digit, a digit before a letter', () => {
    const event = { ...leastEvent(), activity: 'anything', fields: ['ab', 'a1', 'a-', 'a'] };
    expect(accepted(event).fields).toEqual(['a', 'a-', 'a1', 'ab']);
  });

  test('may say nothing where a text is free', () => {
    const event = {
      ...leastEvent(),
      reason: '',
      actor: { kind: 'system', id: 'job', userAgent: '', ip: '' },
      flags: [],
    };
    expect(accepted(event)).toMatchObject({
      reason: undefined,
      userAgent: undefined,
      ip: undefined,
      flags: undefined,
    });
  });

  test('may come from nobody in particular', () => {
    const event = accepted({ ...leastEvent(), actor: { kind: 'anonymous', ip: '2001:db8::1' } });
    expect(event).toMatchObject({ actorKind: 'anonymous', actorId: undefined, ip: '2001:db8::1' });
  });

  test('may lie in any past, and in the future', () => {
    for (const occurred of [
      '0001-01-01T00:00:00.000Z',
      '2024-02-29T23:59:59.999Z',
      '9999-12-31T00:00:00.000Z',
    ]) {
      expect(accepted({ ...leastEvent(), occurred }).occurred).toBe(occurred);
    }
  });

  test('may hold long text, up to 64 KiB, and 100,000 subjects', () => {
    expect(accepted({ ...leastEvent(), reason: 'é'.repeat(32_768) }).reason).toHaveLength(32_768);
    const subjects = Array.from({ length: 100_000 }, (_, at) => ({ type: 'customer', id: `c-${at}` }));
    expect(accepted({ ...leastEvent(), subjects }).subjects).toHaveLength(100_000);
    expect(refused({ ...leastEvent(), subjects: [...subjects, subjects[0]] })).toEqual({
      '/subjects': 'must have at most 100000 items',
    });
  });

  test('shares no object with what it was given', () => {
    const given = fullEvent();
    const event = accepted(given);
    expect(event.subjects).not.toBe(given['subjects']);
    expect(event.onBehalfOf).not.toBe(given['onBehalfOf']);
    expect(event.trace).not.toBe(given['trace']);
  });
});

describe('an event that is refused', () => {
  test('says everything that is wrong at once', () => {
    const problems = refused({
      action: 'export',
      activity: 'orders',
      actor: { kind: 'employee', role: 'boss', shoe: 43 },
      subjects: [{ type: 'customer', id: 'c-1' }, { type: 'plant', id: '' }, 7],
      fields: ['name', 'email', 3],
      operation: '/customers/1?x=2',
      recipient: 'police',
      colour: 'blue',
      occurred: '2026-11-22',
      trace: { trace: 'x' },
    });
    expect(Object.keys(problems).sort()).toEqual([
      '',
      '/action',
      '/actor/id',
      '/actor/role',
      '/actor/shoe',
      '/colour',
      '/fields/1',
      '/fields/2',
      '/occurred',
      '/operation',
      '/recipient',
      '/subjects/1/id',
      '/subjects/1/type',
      '/subjects/2',
      '/trace/span',
      '/trace/trace',
    ]);
    expect(problems['']).toBe('lacks "service"');
    expect(problems['/fields/1']).toContain('"email"');
  });

  test.each(['action', 'activity', 'actor', 'subjects', 'fields', 'service'])('lacks %s', (key) => {
    const event = leastEvent();
    delete event[key];
    expect(refused(event)).toEqual({ '': `lacks "${key}"` });
  });

  test.each<[path: string, change: Record<string, unknown>]>([
    ['/activity', { activity: 'order' }],
    ['/activity', { activity: 'constructor' }],
    ['/activity', { activity: '__proto__' }],
    ['/activity', { activity: 'zegel-consultation' }],
    ['/action', { action: 'peek' }],
    ['/action', { action: 'delete' }],
    ['/service', { service: 'My Service' }],
    ['/service', { service: '' }],
    ['/service', { service: '.a' }],
    ['/service', { service: 'a'.repeat(65) }],
    ['/operation', { operation: 'GET /customers' }],
    ['/operation', { operation: 'customer?id=1' }],
    ['/outcome', { outcome: 'maybe' }],
    ['/recipient', { recipient: 'police' }],
    ['/recipient', { recipient: null }],
    ['/confidential', { confidential: 'yes' }],
    ['/of', { of: -1 }],
    ['/of', { of: 1.5 }],
    ['/of', { of: 2 ** 53 }],
    ['/id', { id: '' }],
    ['/id', { id: 'x'.repeat(257) }],
    ['/id', { id: 'é'.repeat(129) }],
    ['/id', { id: 'a\0b' }],
    ['/case', { case: '' }],
    ['/reason', { reason: 'x'.repeat(65_537) }],
    ['/reason', { reason: 'é'.repeat(32_769) }],
    ['/reason', { reason: '\udc00' }],
    ['/flags', { flags: 'undeclared' }],
    ['/flags/0', { flags: ['Un declared'] }],
    ['/flags', { flags: Array.from({ length: 17 }, (_, at) => `f${at}`) }],
    ['/fields', { fields: '*' }],
    ['/fields', { activity: 'anything', fields: Array.from({ length: 501 }, (_, at) => `f${at}`) }],
    ['/fields/0', { activity: 'anything', fields: ['Name'] }],
    ['/fields/1', { fields: ['name', '__proto__'] }],
    ['/subjects', { subjects: { type: 'customer', id: '1' } }],
    ['/subjects/0/id', { subjects: [{ type: 'customer', id: '\ud800' }] }],
    ['/subjects/0/id', { subjects: [{ type: 'customer', id: 5 }] }],
    ['/subjects/0/name', { subjects: [{ type: 'customer', id: '1', name: 'Jan' }] }],
    ['/subjects/0/involvement', { subjects: [{ type: 'customer', id: '1', involvement: 'seen' }] }],
    ['/subjects/0/type', { subjects: [{ type: 'employee', id: '1' }] }],
    ['/onBehalfOf/type', { onBehalfOf: { type: 'plant', id: '1' } }],
    ['/onBehalfOf/id', { onBehalfOf: { type: 'employee' } }],
    ['/onBehalfOf/role', { onBehalfOf: { type: 'employee', id: '1', role: 'x' } }],
    ['/onBehalfOf', { onBehalfOf: 'e-3' }],
    ['/actor', { actor: 'e-3' }],
    ['/actor/kind', { actor: { kind: 'robot', id: '1' } }],
    ['/actor/type', { actor: { kind: 'employee', type: 'plant', id: '1' } }],
    ['/actor/role', { actor: { kind: 'employee', id: '1', role: 'planner' } }],
    ['/actor/id', { actor: { kind: 'anonymous', id: '1' } }],
    ['/actor/type', { actor: { kind: 'anonymous', type: 'employee' } }],
    ['/actor/ip', { actor: { kind: 'anonymous', ip: 'x'.repeat(65) } }],
    ['/actor/ip', { actor: { kind: 'anonymous', ip: '192.0.2.1\n' } }],
    ['/actor/userAgent', { actor: { kind: 'anonymous', userAgent: '\ud800' } }],
    ['/trace/trace', { trace: { trace: '0AF7651916CD43DD8448EB211C80319C', span: 'b7ad6b7169203331' } }],
    [
      '/trace/state',
      { trace: { trace: '0af7651916cd43dd8448eb211c80319c', span: 'b7ad6b7169203331', state: '' } },
    ],
    ['/occurred', { occurred: '2026-11-22T12:00:00Z' }],
    ['/occurred', { occurred: '2026-11-22T12:00:00.000+01:00' }],
    ['/occurred', { occurred: '2023-02-29T12:00:00.000Z' }],
    ['/occurred', { occurred: '2026-11-22T24:00:00.000Z' }],
    ['/occurred', { occurred: '2026-11-22T12:00:60.000Z' }],
    ['/occurred', { occurred: 1_700_000_000_000 }],
  ])('at %s: %j', (path, change) => {
    expect(Object.keys(refused({ ...leastEvent(), ...change }))).toEqual([path]);
  });

  test('tells no value of a person', () => {
    const event = {
      ...leastEvent(),
      subjects: [{ type: 'customer', id: 'jan\0jansen' }],
      reason: 'jansen\ud800',
      case: 'jansen\0',
    };
    expect(JSON.stringify(refused(event))).not.toContain('jansen');
  });

  test('tells at most 1,000 problems', () => {
    const result = validateEvent(register, {
      ...leastEvent(),
      subjects: Array.from({ length: 5000 }, () => null),
    });
    expect(isProblems(result) && result.length).toBe(1000);
  });

  test.each([[null], [undefined], [7], ['x'], [[]], [[leastEvent()]]])('is no object: %j', (event) => {
    expect(refused(event)).toEqual({ '': 'must be an object' });
  });
});

describe('hostile objects', () => {
  test('keys of prototypes are keys like any other, and unknown', () => {
    const event: unknown = JSON.parse(
      `{"__proto__":{"confidential":true},"constructor":{},${JSON.stringify(leastEvent()).slice(1)}`,
    );
    expect(Object.keys(refused(event))).toEqual(['/__proto__', '/constructor']);
    const subject: unknown = JSON.parse('{"type":"customer","id":"1","__proto__":{}}');
    expect(Object.keys(refused({ ...leastEvent(), subjects: [subject] }))).toEqual(['/subjects/0/__proto__']);
    expect(({} as { confidential?: unknown }).confidential).toBeUndefined();
  });

  test('a polluted Object.prototype neither refuses events nor loses subjects', () => {
    const polluted = Object.prototype as { polluted?: unknown };
    polluted.polluted = 1;
    const results = [fullEvent(), { ...leastEvent(), colour: 'blue' }].map((event) =>
      validateEvent(register, event),
    );
    delete polluted.polluted;
    expect(results[0]).toMatchObject({ subjects: [{ id: 'c-1001' }], actorId: 'e-17' });
    expect(results[1]).toEqual([{ path: '/colour', message: 'is an unknown key' }]);
  });

  test('holes in lists are refused', () => {
    const subjects: unknown[] = [];
    subjects[2] = { type: 'customer', id: '1' };
    const fields = new Array(1);
    expect(Object.keys(refused({ ...leastEvent(), subjects, fields }))).toEqual([
      '/subjects/0',
      '/subjects/1',
      '/fields/0',
    ]);
  });
});

test('Zegel’s own activity is found only where its owner looks', () => {
  const event = {
    ...leastEvent(),
    activity: 'zegel-consultation',
    fields: ['whatever'],
    subjects: [{ type: 'plant', id: '1' }],
  };
  expect(Object.keys(refused(event))).toContain('/activity');
  const result = validateEvent(register, event, register.builtin);
  expect(isProblems(result) ? result : result.activity.reference).toBe('zegel-consultation@2');
});
