import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Problem } from '../src/event/problem.ts';
import { isTime } from '../src/event/time.ts';
import { isProblems, validateEvent } from '../src/event/validate.ts';
import { builtinRegister } from '../src/register/builtin.ts';
import { compileRegister } from '../src/register/compile.ts';
import { fullEvent, leastEvent } from './event-sample.ts';
import { mutate, mutations, singleMutations } from './register-mutations.ts';

interface Schema {
  readonly properties: Readonly<Record<string, { readonly pattern?: string }>>;
}

const schema = JSON.parse(
  readFileSync(new URL('../schema/event.schema.json', import.meta.url), 'utf8'),
) as Schema;
const accepts = new Ajv2020({ strict: true }).compile(schema);
const open = compileRegister(builtinRegister, 1);

/** What is wrong with the event under a register that takes any name, but for the activity's. */
function problemsOf(event: unknown): readonly Problem[] {
  const result = validateEvent(open, event);
  return isProblems(result) ? result.filter(({ message }) => !message.startsWith('names no activity')) : [];
}

const EVENTS: readonly (readonly [string, Record<string, unknown>])[] = [
  ['full', fullEvent()],
  ['least', leastEvent()],
  ['anonymous', { ...leastEvent(), actor: { kind: 'anonymous', ip: '::1' } }],
];

test.each(EVENTS)('schema and validator give one verdict on mutations of the %s event', (_, event) => {
  const verdicts = new Set<boolean>();
  const property = fc.property(mutations, (changes) => {
    const changed = mutate({ ...event, activity: 'general' }, changes);
    const problems = problemsOf(changed);
    verdicts.add(problems.length === 0);
    expect(accepts(changed), JSON.stringify([changed, problems, accepts.errors])).toBe(problems.length === 0);
  });
  fc.assert(property, { numRuns: 2000 });
  expect(verdicts.size, 'good and bad events both').toBe(2);
});

test.each(EVENTS)('schema and validator give one verdict on the %s event with any one change', (_, event) => {
  const differing: unknown[] = [];
  let good = 0;
  for (const changed of singleMutations({ ...event, activity: 'general' })) {
    const right = problemsOf(changed).length === 0;
    if (right) good++;
    if (accepts(changed) !== right) differing.push(changed);
  }
  expect(differing).toEqual([]);
  expect(good).toBeGreaterThan(100);
});

const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${at}`);
const people = (count: number): object[] => names(count).map((id) => ({ type: 'customer', id }));

test.each<[key: string, most: unknown, more: unknown]>([
  ['subjects', people(100_000), people(100_001)],
  ['fields', names(500), names(501)],
  ['flags', names(16), names(17)],
  ['reason', 'x'.repeat(65_536), 'x'.repeat(65_537)],
  ['id', 'x'.repeat(256), 'x'.repeat(257)],
  ['of', Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER + 1],
])('schema and validator draw the same line for %s', (key, most, more) => {
  for (const [value, right] of [
    [most, true],
    [more, false],
  ] as const) {
    const event = { ...leastEvent(), [key]: value };
    expect(problemsOf(event).length === 0).toBe(right);
    expect(accepts(event)).toBe(right);
  }
});

test('what only the validator can say: lengths in bytes', () => {
  const event = { ...leastEvent(), id: 'é'.repeat(200) };
  expect(accepts(event)).toBe(true);
  expect(problemsOf(event).map(({ path }) => path)).toEqual(['/id']);
});

test('times are those that Date gives', () => {
  const pattern = new RegExp(schema.properties['occurred']?.pattern ?? '$.', 'u');
  const moment = fc.date({
    noInvalidDate: true,
    min: new Date('0000-01-01T00:00:00.000Z'),
    max: new Date('9999-12-31T23:59:59.999Z'),
  });
  fc.assert(
    fc.property(moment, fc.nat(23), fc.nat(9), (date, at, digit) => {
      const text = date.toISOString();
      expect(isTime(text)).toBe(true);
      const changed = text.slice(0, at) + digit + text.slice(at + 1);
      const parsed = new Date(changed);
      const real = !Number.isNaN(parsed.getTime()) && parsed.toISOString() === changed;
      expect(isTime(changed), changed).toBe(real);
      expect(pattern.test(changed), changed).toBe(real);
    }),
    { numRuns: 3000 },
  );
});
