import { compileRegister, defineRegister } from '@zegel/log';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, type Completion, type Facet, parseQuery } from '../src/index.ts';

const register = compileRegister(
  defineRegister({
    controller: { name: 'Winkel', contact: 'privacy@winkel.example' },
    date: '2026-01-01',
    persons: ['customer', 'employee'],
    roles: ['support', 'planner'],
    fields: {
      email: { nl: 'e-mailadres', en: 'e-mail address', category: 'contact' },
      name: { nl: 'naam', en: 'name', category: 'contact' },
    },
    recipients: { delivery: { name: 'Bezorgdienst', country: 'NL', role: 'processor' } },
    activities: {
      dashboard: {
        name: { nl: 'Toegang dashboard', en: 'Dashboard access' },
        purpose: { nl: 'Inzage', en: 'Access' },
        basis: 'consent',
        fields: ['name', 'email'],
      },
      orders: {
        name: { nl: 'Bestellingen', en: 'Orders' },
        purpose: { nl: 'Levering', en: 'Delivery' },
        basis: 'contract',
        fields: ['name'],
      },
    },
    maximum: 'P10Y',
  }),
  1,
);
const facets: readonly Facet[] = [
  { name: 'service', values: [{ value: 'web', count: 2 }], others: 0 },
  {
    name: 'role',
    values: [
      { value: 'planner', count: 9 },
      { value: 'intern', count: 1 },
    ],
    others: 0,
  },
];

/** `|` marks the cursor. */
function ways(marked: string, language: 'nl' | 'en' = 'en'): readonly Completion[] {
  return complete(marked.replace('|', ''), marked.indexOf('|'), { register, facets, language });
}

function labels(marked: string): readonly string[] {
  return ways(marked).map(({ label }) => label);
}

/** The text with the first way taken. */
function taken(marked: string): string | undefined {
  const replacement = ways(marked)[0]?.replacement;
  const text = marked.replace('|', '');
  if (replacement === undefined) return undefined;
  const { position, length } = replacement;
  return text.slice(0, position) + replacement.text + text.slice(position + length);
}

describe('complete', () => {
  it('offers every qualifier in an empty box, and those that begin with a word', () => {
    expect(labels('|')).toContain('subject:');
    expect(labels('|')).toHaveLength(21);
    expect(labels('action:read -act|')).toEqual(['actor:', 'action:', 'activity:']);
    expect(taken('x -acti| y')).toBe('x -action: y');
    expect(taken('acti|:orders')).toBe('action:orders');
  });

  it('offers the values of a closed set, those of the same qualifier left out', () => {
    expect(labels('outcome:|')).toEqual(['begun', 'success', 'denied', 'error']);
    expect(labels('outcome:denied,|')).toEqual(['begun', 'success', 'error']);
    expect(labels('outcome:|,denied')).toEqual(['begun', 'success', 'error']);
    expect(taken('outcome:de| x')).toBe('outcome:denied x');
    expect(taken('-outcome:er|ro,denied')).toBe('-outcome:error,denied');
  });

  it('offers keys of the register by their names in either language', () => {
    expect(labels('activity:|')).toEqual(['dashboard', 'orders', 'zegel-consultation']);
    expect(labels('activity:best|')).toEqual(['orders']);
    expect(ways('activity:best|', 'nl')[0]).toMatchObject({ name: 'Bestellingen', label: 'orders' });
    expect(ways('field:mail|')[0]).toMatchObject({ name: 'e-mail address', kind: 'value' });
    expect(labels('field:"e-m|"')).toEqual(['email']);
    expect(labels('recipient:bezorg|')).toEqual(['delivery']);
  });

  it('offers a value where only a word was written', () => {
    expect(taken('bestel|')).toBe('activity:orders');
    expect(labels('dashb|')).toEqual(['activity:dashboard']);
    expect(labels('d|')).toEqual([]);
  });

  it('offers what occurs where the register has no list, and after its own where it has one', () => {
    expect(labels('service:|')).toEqual(['web']);
    expect(labels('role:|')).toEqual(['support', 'planner', 'intern']);
  });

  it('offers kinds of persons and nobody', () => {
    expect(labels('actor:|')).toEqual([
      'employee',
      'customer',
      'system',
      'anonymous',
      'customer:',
      'employee:',
    ]);
    expect(taken('subject:cu|')).toBe('subject:customer:');
    expect(labels('subject:customer:c|')).toEqual([]);
    expect(labels('subject:~01|')).toEqual([]);
  });

  it('takes spaces in quotes for part of a value, and any text whatever', () => {
    expect(labels('subject:"customer:a b" outcome:d|')).toEqual(['denied']);
    expect(labels('subject:"customer:a outcome:d|')).toEqual([]);
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('ao:,-"\\ ctionrle~')) }),
        fc.nat(40),
        (text, cursor) => {
          for (const { replacement } of complete(text, cursor, { register, facets })) {
            expect(replacement.position + replacement.length).toBeLessThanOrEqual(text.length);
            expect(replacement.length).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('offers what the language takes', () => {
    const names = ['action', 'kind', 'class', 'activity', 'field', 'recipient', 'role', 'actor', 'after'];
    const offered = names.flatMap((name) => labels(`${name}:|`).map((label) => `${name}:${label}`));
    const whole = offered.filter((text) => !text.endsWith(':'));
    expect(whole.length).toBeGreaterThan(40);
    expect(parseQuery(whole.join(' ')).clauses).toHaveLength(whole.length);
  });
});
