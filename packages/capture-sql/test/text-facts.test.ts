import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDataMap } from '../src/data-map.ts';
import { textFacts, type TextFacts } from '../src/sql/facts.ts';
import { type Dialect, statements, tokens } from '../src/sql/tokens.ts';
import { register } from './sample.ts';

const map = compileDataMap(register);

function facts(sql: string, dialect: Dialect = 'postgres'): TextFacts {
  return textFacts(tokens(sql, dialect), dialect, (name, schema) => {
    const table = map.find(name, schema);
    return table === undefined ? [] : [table];
  });
}

const named = (sql: string, dialect?: Dialect): readonly string[] =>
  facts(sql, dialect).mentions.map(({ name }) => name);

describe('tables that a text names', () => {
  it.each([
    [`SELECT 'from customers'`, []],
    [`SELECT 'it''s from customers' FROM orders`, ['orders']],
    [`SELECT 1 -- FROM customers\n FROM orders`, ['orders']],
    [`SELECT 1 /* a /* nested */ FROM customers */ FROM orders`, ['orders']],
    [`SELECT $$ FROM customers $$ FROM orders`, ['orders']],
    [`SELECT $a$ $$ FROM customers $a$ FROM orders`, ['orders']],
    [String.raw`SELECT E'\\' FROM customers --' FROM orders`, ['customers']],
    [String.raw`SELECT E'\'' FROM customers --' FROM orders`, ['customers']],
    [String.raw`SELECT E'\' FROM customers --' FROM orders`, ['orders']],
    [`SELECT * FROM "Customers" "x y"`, ['customers']],
    [`SELECT * FROM public.customers`, ['customers']],
    [`SELECT customers.id FROM customers`, ['customers']],
    [`SELECT * FROM letters`, ['letters']],
    [`SELECT * FROM other.letters`, []],
  ] as const)('%s', (sql, names) => {
    expect(named(sql)).toEqual(names);
  });

  it('are quoted in four ways in SQLite, where comments do not nest', () => {
    const sql = 'SELECT * FROM [customers], `orders`, "staff" /* /* */ WHERE x = $staff';
    expect(named(sql, 'sqlite')).toEqual(['customers', 'orders', 'staff']);
  });

  it('stay the same whatever stands between the words', () => {
    const words = [
      'select',
      'c.id',
      ',',
      'o.item',
      'from',
      'customers',
      'c',
      'join',
      'orders',
      'o',
      'on',
      'c.id',
      '=',
      'o.customer_id',
    ];
    const between = fc.constantFrom(' ', '\n', '\t', ' -- from staff\n', '/* from staff */', '\r\n ');
    const plain = facts(words.join(' '));
    fc.assert(
      fc.property(fc.array(between, { minLength: words.length, maxLength: words.length }), (gaps) => {
        const other = facts(words.map((word, at) => `${gaps[at]}${word}`).join(' '));
        expect(other.tokens).toEqual(plain.tokens);
        expect(other.equalIds).toEqual(plain.equalIds);
        expect(other.equalIds).toHaveLength(1);
      }),
    );
  });

  it('are found in any text that ends', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom<Dialect>('sqlite', 'postgres'),
        (text, dialect) => {
          expect(Array.isArray(facts(text, dialect).mentions)).toBe(true);
        },
      ),
    );
  });
});

describe('joins by the person', () => {
  it.each([
    ['customers c JOIN orders o ON c.id = o.customer_id', 1],
    ['customers c JOIN orders o ON ((o.customer_id = c.id) AND o.total > 1)', 1],
    ['customers JOIN orders ON customers.id = orders.customer_id WHERE a OR b', 1],
    ['customers c JOIN orders o ON o.customer_id = c.id OR o.total = 1', 0],
    ['customers c JOIN orders o ON o.customer_id = c.id AND o.total = 1 OR o.total = 2', 0],
    ['customers c (a, id) JOIN orders o ON o.customer_id = c.id', 0],
    ['customers c JOIN orders o ON NOT o.customer_id = c.id', 0],
    ['customers c JOIN orders o ON o.customer_id = c.referred_by', 0],
    ['customers c, orders c WHERE c.customer_id = c.id', 0],
    ['staff s JOIN orders o ON o.customer_id = s.id', 0],
    ['customers c JOIN orders o ON true WHERE EXISTS (SELECT 1 WHERE o.customer_id = c.id)', 0],
  ] as const)('%s', (from, pairs) => {
    expect(facts(`SELECT c.id, o.item FROM ${from}`).equalIds).toHaveLength(pairs);
  });
});

describe('a script', () => {
  it.each([
    [`SELECT 1; SELECT ';'; `, 2],
    [`CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT 1; END; SELECT 2`, 2],
    [`BEGIN; SELECT 1; END; SELECT 2`, 4],
  ] as const)('%s', (sql, count) => {
    expect(statements(tokens(sql, 'sqlite'))).toHaveLength(count);
  });
});
