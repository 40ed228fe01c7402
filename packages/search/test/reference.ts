import fc from 'fast-check';
import { tokenOf } from '../src/index.ts';
import { type FakeEvent, type FakeLog, type FakePerson, FakeVault } from './fake-log.ts';

// A slow evaluator that shares nothing with the index: it looks at the events as the test made them.

const ACTIONS = ['read', 'search', 'export', 'disclose'];
const ACTIVITIES = ['dashboard', 'orders', 'contact'];
const FIELDS = ['name', 'email', 'phone', 'iban'];
const INVOLVEMENTS = ['target', 'shown', 'related'];
const START = Date.parse('2026-03-20T00:00:00Z');
const DAY = 86_400_000;

const person = (type: string, count: number): fc.Arbitrary<FakePerson> =>
  fc.nat(count - 1).map((n) => ({ type, id: `${type[0]}:${n}` }));
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined, freq: 3 });

/** Events of every kind of combination, with times in no order. */
export const eventArbitrary: fc.Arbitrary<FakeEvent> = fc
  .record({
    kind: fc.constantFrom('access', 'access', 'access', 'heartbeat'),
    // now and then on the very edge of a day in Amsterdam, before its clocks went forward
    occurred: fc.oneof(
      fc.nat(20 * DAY).map((ms) => START + ms),
      fc.nat(9).map((n) => START + n * DAY - 3_600_000),
    ),
    action: maybe(fc.constantFrom(...ACTIONS)),
    activity: maybe(fc.constantFrom(...ACTIVITIES)),
    operation: maybe(fc.nat(40).map((n) => `customer.op${n}`)),
    service: maybe(fc.constantFrom('api', 'web')),
    outcome: fc.constantFrom('success', 'denied'),
    recipient: maybe(fc.constantFrom('police', 'bank')),
    role: maybe(fc.constantFrom('support', 'planner')),
    actorKind: fc.constantFrom('employee', 'system', 'anonymous'),
    actor: maybe(person('employee', 4)),
    onBehalfOf: maybe(person('employee', 4)),
    subjects: fc.array(
      fc
        .tuple(person('customer', 12), fc.constantFrom(...INVOLVEMENTS))
        .map(([one, involvement]) => ({ ...one, involvement })),
      { maxLength: 3 },
    ),
    fields: fc.uniqueArray(fc.constantFrom(...FIELDS), { maxLength: 3 }),
    flags: maybe(fc.constant(['undeclared'])),
    trace: fc.option(fc.constantFrom('t1', 't2'), { nil: undefined, freq: 1 }),
    scope: fc.constantFrom('m1', 'm2'),
  })
  .map((event): FakeEvent => JSON.parse(JSON.stringify(event)) as FakeEvent);

type Predicate = (event: FakeEvent, index: number) => boolean;
export interface Condition {
  readonly text: string;
  readonly holds: Predicate;
}

const access =
  (holds: Predicate): Predicate =>
  (event, index) =>
    (event.kind ?? 'access') === 'access' && holds(event, index);
const some = (values: readonly string[]): fc.Arbitrary<readonly string[]> =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 });
const condition = <T>(
  value: fc.Arbitrary<T>,
  text: (v: T) => string,
  holds: (v: T) => Predicate,
): fc.Arbitrary<Condition> => value.map((v) => ({ text: text(v), holds: holds(v) }));
const same = (a: FakePerson | undefined, b: FakePerson): boolean => a?.type === b.type && a.id === b.id;
const vault = new FakeVault();
const token = (p: FakePerson): string => `~${tokenOf(vault, p.type, p.id)}`;
const day = fc.nat(20).map((n) => new Date(START + n * DAY).toISOString().slice(0, 10));

// Amsterdam's clocks went forward in the night of 29 March 2026.
const midnight = (text: string): number =>
  Date.parse(`${text}T00:00:00Z`) - (text > '2026-03-29' ? 2 : 1) * 3_600_000;
const next = (text: string): string =>
  new Date(Date.parse(`${text}T00:00:00Z`) + DAY).toISOString().slice(0, 10);

const plain = fc.oneof(
  condition(
    some(ACTIONS),
    (v) => `action:${v.join(',')}`,
    (v) => (e) => v.includes(e.action ?? ''),
  ),
  condition(
    some(ACTIVITIES),
    (v) => `activity:${v.join(',')}`,
    (v) => (e) => v.includes(e.activity ?? ''),
  ),
  condition(
    some(FIELDS),
    (v) => `field:${v.join(',')}`,
    (v) => access((e) => v.some((one) => e.fields?.includes(one))),
  ),
  condition(
    some(['police', 'bank', 'nobody']),
    (v) => `recipient:${v.join(',')}`,
    (v) => (e) => v.includes(e.recipient ?? ''),
  ),
  condition(
    some(['success', 'denied', 'error']),
    (v) => `outcome:${v.join(',')}`,
    (v) => (e) => v.includes(e.outcome ?? ''),
  ),
  condition(
    some(['access', 'heartbeat', 'gap']),
    (v) => `kind:${v.join(',')}`,
    (v) => (e) => v.includes(e.kind ?? 'access'),
  ),
  condition(
    some(['system', 'anonymous']),
    (v) => `actor:${v.join(',')}`,
    (v) => access((e) => v.includes(e.actorKind ?? '')),
  ),
  condition(
    fc.constant(''),
    () => 'class:automated',
    () => access((e) => e.actorKind === 'system'),
  ),
  condition(
    fc.constant(''),
    () => 'flag:undeclared',
    () => (e) => e.flags?.includes('undeclared') ?? false,
  ),
  condition(
    fc.constant(''),
    () => 'role:support',
    () => access((e) => e.role === 'support'),
  ),
  condition(
    person('employee', 5),
    (p) => `actor:${p.type}:${p.id}`,
    (p) => access((e) => same(e.actor, p)),
  ),
  condition(
    person('employee', 5),
    (p) => `onbehalfof:${p.type}:${p.id}`,
    (p) => (e) => same(e.onBehalfOf, p),
  ),
  condition(
    person('customer', 14),
    (p) => `subject:${p.type}:${p.id}`,
    (p) => (e) => e.subjects?.some((s) => same(s, p)) ?? false,
  ),
  condition(
    fc.tuple(person('customer', 14), person('customer', 14)),
    ([a, b]) => `subject:${token(a)},${b.type}:${b.id}`,
    ([a, b]) =>
      (e) =>
        e.subjects?.some((s) => same(s, a) || same(s, b)) ?? false,
  ),
  condition(
    person('employee', 5),
    (p) => `actor:${token(p)}`,
    (p) => access((e) => same(e.actor, p)),
  ),
  condition(
    person('employee', 5),
    (p) => `onbehalfof:${token(p)}`,
    (p) => (e) => same(e.onBehalfOf, p),
  ),
  condition(
    fc.constantFrom('t1', 't2', 't3'),
    (t) => `trace:${t}`,
    (t) => access((e) => e.trace === t && e.actor !== undefined),
  ),
  condition(
    day,
    (d) => `on:${d}`,
    (d) => (e) => e.occurred >= midnight(d) && e.occurred < midnight(next(d)),
  ),
  condition(
    day,
    (d) => `after:${d}`,
    (d) => (e) => e.occurred >= midnight(d),
  ),
  condition(
    day,
    (d) => `before:${d}`,
    (d) => (e) => e.occurred < midnight(d),
  ),
  condition(
    fc.nat(400),
    (n) => `index:>=${n}`,
    (n) => (_, index) => index >= n,
  ),
  condition(
    fc.tuple(fc.nat(300), fc.nat(200)),
    ([a, n]) => `index:${a}..${a + n}`,
    ([a, n]) =>
      (_, index) =>
        index >= a && index <= a + n,
  ),
  condition(
    fc.constantFrom('op1', 'ASH', 'api', 'customer', 'zzz', 'bestel'),
    (w) => w,
    (w) => (e) => word(e, w.toLowerCase()),
  ),
);

/** What the register of the tests calls its activities. */
export const NAMES: ReadonlyMap<string, readonly string[]> = new Map([
  ['orders', ['Bestellingen', 'Order handling']],
]);

function word(event: FakeEvent, text: string): boolean {
  const names = event.activity === undefined ? [] : [event.activity, ...(NAMES.get(event.activity) ?? [])];
  return [event.operation, event.service, ...names].some((name) => name?.toLowerCase().includes(text));
}

/** A query and what it means. */
export const queryArbitrary: fc.Arbitrary<Condition> = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 3 }), plain), { maxLength: 3 })
  .map((all) => ({
    text: all.map(([sign, one]) => (sign === 0 ? `-${one.text}` : one.text)).join(' '),
    holds: (event, index) => all.every(([sign, one]) => one.holds(event, index) !== (sign === 0)),
  }));

/** Indexes of the entries of a log that a query means, newest first. */
export function expected(log: FakeLog, query: Condition): number[] {
  return log.entries
    .map((entry, index) => ({ entry, index }))
    .filter(({ entry, index }) => entry.bytes !== undefined && query.holds(entry.event, index))
    .map(({ index }) => index)
    .toReversed();
}
