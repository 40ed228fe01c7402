import { ACTIONS, ACTOR_KINDS, INVOLVEMENTS, OUTCOMES } from '@zegel/core';
import fc from 'fast-check';
import { BASES, POLICIES, RECIPIENT_ROLES } from '../src/register/types.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values that tend to be wrong, and some that are right where one least expects it. */
const VALUES: readonly Json[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  2 ** 53,
  '',
  ' ',
  '*',
  'x',
  'X',
  'a b',
  'name',
  'email',
  'NL',
  'nl',
  'P6M',
  'P',
  'P1H',
  'P1Y6M',
  'PT1M',
  '2023-02-29',
  '2024-02-29',
  '2024-13-01',
  '1900-02-29',
  '2000-02-29',
  '2024-1-1',
  '\ud800',
  'recorded',
  'zegel-own',
  '__proto__',
  'constructor',
  'a'.repeat(64),
  'a'.repeat(65),
  'a'.repeat(33),
  '-a',
  '9',
  'customers.name',
  'a\u0000b',
  '2024-02-29T00:00:00.000Z',
  '2024-02-29T24:00:00.000Z',
  '2023-02-29T00:00:00.000Z',
  '2024-02-29T00:00:00Z',
  'read',
  'search',
  '0af7651916cd43dd8448eb211c80319c',
  'b7ad6b7169203331',
  'B7AD6B7169203331',
  'anonymous',
  'employee',
  'system',
  'target',
  '/customers/1?x=2',
  'begun',
  'a'.repeat(257),
  'a'.repeat(2001),
  'é',
  '+01:00',
  'Europe/Amsterdam',
  [],
  {},
  ['name'],
  ['name', 'name'],
  ['customer', 'customer'],
  [null],
  [[]],
  { nl: 'x', en: 'y' },
  { until: 'x' },
  { until: 'recorded' },
  { after: 'recorded', period: 'P1D' },
  { after: 'x', until: 'y' },
];

/** Words of the closed lists, each of them right somewhere and wrong elsewhere. */
const WORDS: readonly Json[] = [
  ...ACTIONS,
  ...OUTCOMES,
  ...ACTOR_KINDS,
  ...INVOLVEMENTS,
  ...BASES,
  ...POLICIES,
  ...RECIPIENT_ROLES,
].filter((word) => !VALUES.includes(word));

const KEYS: readonly string[] = [
  'extra',
  '__proto__',
  'until',
  'then',
  'zegel-own',
  'Upper',
  'a'.repeat(65),
  'id',
  'type',
  'kind',
  'nl',
  'columns',
  'a/b~c',
  '',
];

/** Every document that differs from `json` in one place: a value replaced, removed, repeated, or a key added. */
export function* singleMutations(json: unknown): Generator {
  for (const value of [...VALUES, ...WORDS]) yield value;
  if (typeof json !== 'object' || json === null) return;
  const whole = json as Json;
  const [first = 'x'] = Object.values(whole as object) as Json[];
  for (const key of KEYS) if (!Array.isArray(whole)) yield* [set(whole, key, 'x'), set(whole, key, first)];
  for (const [key, child] of Object.entries(json)) {
    yield removed(whole, key);
    if (Array.isArray(whole)) yield [...whole, child];
    for (const changed of singleMutations(child)) yield set(whole, key, changed as Json);
  }
}

/** One change: at the place that `steps` leads to, a value is replaced, removed, added or repeated. */
interface Mutation {
  readonly steps: readonly number[];
  readonly what: 'replace' | 'remove' | 'add' | 'repeat' | 'rename';
  readonly value: Json;
  readonly key: string;
}

export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({
    steps: fc.array(fc.nat(60), { minLength: 1, maxLength: 5 }),
    what: fc.constantFrom('replace', 'replace', 'remove', 'add', 'repeat', 'rename'),
    value: fc.constantFrom(...VALUES),
    key: fc.constantFrom(...KEYS),
  }),
  { minLength: 0, maxLength: 3 },
);

/** The document with the mutations applied one after another. */
export function mutate(json: unknown, changes: readonly Mutation[]): unknown {
  let document = structuredClone(json) as Json;
  for (const change of changes) document = applied(document, change, 0);
  return document;
}

function applied(value: Json, change: Mutation, depth: number): Json {
  const step = change.steps[depth];
  if (typeof value !== 'object' || value === null) return change.value;
  const keys = Object.keys(value);
  const key = step === undefined ? undefined : keys[step % Math.max(keys.length, 1)];
  const last = depth === change.steps.length - 1;
  if (key === undefined) return change.what === 'add' ? added(value, change) : change.value;
  const child = (value as Record<string, Json>)[key] as Json;
  if (!last && typeof child === 'object' && child !== null)
    return set(value, key, applied(child, change, depth + 1));
  switch (change.what) {
    case 'replace':
      return set(value, key, change.value);
    case 'remove':
      return removed(value, key);
    case 'add':
      return added(value, change);
    case 'repeat':
      return Array.isArray(value) ? [...value, child] : set(value, change.key, child);
    case 'rename':
      return Array.isArray(value) ? value : set(removed(value, key), change.key, child);
    default:
      return change.what satisfies never;
  }
}

function set(value: Json, key: string, member: Json): Json {
  if (Array.isArray(value)) return value.with(Number(key), member);
  // fromEntries makes an own property of __proto__, as JSON.parse does.
  return Object.fromEntries([
    ...Object.entries(value as object).filter(([k]) => k !== key),
    [key, member],
  ]) as Json;
}

function removed(value: Json, key: string): Json {
  if (Array.isArray(value)) return value.toSpliced(Number(key), 1);
  return Object.fromEntries(Object.entries(value as object).filter(([k]) => k !== key)) as Json;
}

function added(value: Json, change: Mutation): Json {
  return Array.isArray(value) ? [...value, change.value] : set(value, change.key, change.value);
}
