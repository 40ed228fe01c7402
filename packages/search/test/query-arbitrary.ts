import fc from 'fast-check';

const id = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((s) => !s.includes('\0') && s.isWellFormed());
const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
const key = fc.constantFrom('dashboard', 'orders', 'support', 'email', 'x-1');
const list = (values: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.array(values, { minLength: 1, maxLength: 3 }).map((all) => all.join(','));
const person = fc
  .tuple(fc.constantFrom('employee', 'customer'), id)
  .map(([type, one]) => `${type}:${quoted(one)}`);
const token = fc.nat().map((n) => `~${n.toString(16).padStart(16, 'a')}`);
const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2040-01-01'), noInvalidDate: true });
const time = fc.oneof(
  day.map((d) => d.toISOString().slice(0, 10)),
  day.map((d) => d.toISOString()),
  fc.tuple(fc.nat(999), fc.constantFrom('m', 'h', 'd', 'w')).map(([n, unit]) => `${n}${unit}`),
);
const indexes = fc
  .tuple(fc.nat(1e6), fc.constantFrom('', '>=', '>', '<=', '<'))
  .map(([n, operator]) => operator + n);

const qualifier = fc.oneof(
  list(person).map((v) => `actor:${v}`),
  list(person).map((v) => `subject:${v}`),
  list(fc.oneof(person, token)).map((v) => `subject:${v}`),
  list(token).map((v) => `actor:${v}`),
  list(person).map((v) => `onbehalfof:${v}`),
  list(fc.constantFrom('read', 'search', 'export')).map((v) => `action:${v}`),
  list(key).map((v) => `activity:${v}`),
  list(key).map((v) => `field:${v}`),
  list(fc.constantFrom('customer.show', 'a_b', '0')).map((v) => `operation:${v}`),
  list(time).map((v) => `after:${v}`),
  list(time).map((v) => `before:${v}`),
  list(day.map((d) => d.toISOString().slice(0, 10))).map((v) => `on:${v}`),
  list(indexes).map((v) => `index:${v}`),
  id.map((v) => `trace:${quoted(v)}`),
  id.map(quoted),
  key,
);

/** Texts of valid queries. */
export const queryText: fc.Arbitrary<string> = fc
  .array(fc.tuple(fc.boolean(), qualifier), { maxLength: 5 })
  .map((all) => all.map(([negated, text]) => (negated ? '-' : '') + text).join(' '));
