import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { builtinRegister } from '../src/register/builtin.ts';
import { isDay } from '../src/register/formats.ts';
import { shapeProblems } from '../src/register/shape.ts';
import { mutate, mutations, singleMutations } from './register-mutations.ts';
import { sampleJson } from './register-sample.ts';

interface Schema {
  readonly properties: Readonly<Record<string, { readonly pattern?: string }>>;
}

const schema = JSON.parse(
  readFileSync(new URL('../schema/register.schema.json', import.meta.url), 'utf8'),
) as Schema;
const accepts = new Ajv2020({ strict: true, allErrors: false }).compile(schema);

test('the schema takes the sample and the built-in register', () => {
  expect(accepts(sampleJson())).toBe(true);
  expect(accepts(structuredClone(builtinRegister))).toBe(true);
});

test('schema and validator give one verdict on the shape of mutated documents', () => {
  const verdicts = new Set<boolean>();
  const property = fc.property(mutations, (changes) => {
    const document = mutate(sampleJson(), changes);
    const problems = shapeProblems(document);
    verdicts.add(problems.length === 0);
    expect(accepts(document), JSON.stringify([problems, accepts.errors])).toBe(problems.length === 0);
  });
  fc.assert(property, { numRuns: 4000 });
  expect(verdicts.size, 'good and bad documents both').toBe(2);
});

test('schema and validator give one verdict on every document with one change', () => {
  const differing: unknown[] = [];
  let good = 0;
  for (const document of singleMutations(sampleJson())) {
    const right = shapeProblems(document).length === 0;
    if (right) good++;
    if (accepts(document) !== right) differing.push(document);
  }
  expect(differing).toEqual([]);
  expect(good).toBeGreaterThan(1000);
});

test('both know every day of the calendar and no other', () => {
  const days = new RegExp(schema.properties['date']?.pattern ?? '$.', 'u');
  for (const year of [0, 4, 100, 400, 1900, 1999, 2000, 2023, 2024, 2100, 9999]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const text = [
          String(year).padStart(4, '0'),
          ...[month, day].map((n) => String(n).padStart(2, '0')),
        ].join('-');
        expect(days.test(text), text).toBe(isDay(text));
      }
    }
  }
  expect(isDay('2024-02-29')).toBe(true);
  expect(isDay('2023-02-29')).toBe(false);
});
