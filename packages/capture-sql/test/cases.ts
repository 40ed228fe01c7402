/** A statement, and what is to be told of it. The same for every driver that is captured. */
export interface Case {
  readonly name: string;
  /** Parameters as `?`. */
  readonly sql: string;
  readonly values?: readonly (string | number)[];
  /** Ids and fields, each once and in order. Neither: nothing personal. */
  readonly persons?: string;
  readonly fields?: string;
  /** Code of the refusal. */
  readonly refused?: 'SUBJECT_UNKNOWN' | 'UNDECLARED' | 'BULK_UNKNOWN';
  readonly only?: 'sqlite' | 'postgres';
  readonly operation?: string;
}

/** Columns that the tests declare: `expressions` of the captured database. */
export const expressions = {
  amount: null,
  shout: 'name',
  whose: { person: 'customer' },
  'select.orders/label': ['order', 'name'],
  'plain_*': null,
} as const;

const one = { persons: 'c-1', fields: 'name' };
const three = { persons: 'c-1 c-2 c-3', fields: 'name' };
const unknown = { refused: 'UNDECLARED' } as const;
const nobody = { refused: 'SUBJECT_UNKNOWN' } as const;

export const reads: readonly Case[] = [
  { name: 'columns', sql: 'SELECT id, name FROM customers', ...three, operation: 'select.customers' },
  { name: 'a star', sql: "SELECT * FROM customers WHERE id = 'c-1'", persons: 'c-1', fields: 'email name' },
  {
    name: 'a parameter',
    sql: 'SELECT name, id FROM customers WHERE email = ?',
    values: ['anna@x.example'],
    ...one,
  },
  { name: 'aliases', sql: 'SELECT c.id AS whom, c.name AS "Na me" FROM customers AS c', ...three },
  { name: 'quoted names', sql: 'SELECT "customers"."id", "name" FROM "customers"', ...three },
  { name: 'upper case', sql: 'SELECT ID, NAME FROM Customers', ...three },
  { name: 'comments', sql: '/* from orders */ SELECT id, name -- email\n FROM customers', ...three },
  { name: 'no personal column', sql: 'SELECT id, city FROM customers' },
  { name: 'the bare id', sql: 'SELECT id FROM customers' },
  { name: 'another table', sql: 'SELECT * FROM notes' },
  { name: 'no table', sql: 'SELECT 1 AS one' },
  { name: 'no rows', sql: "SELECT id, name FROM customers WHERE id = 'x'", persons: '', fields: 'name' },
  {
    name: 'distinct',
    sql: 'SELECT DISTINCT customer_id, item FROM orders WHERE customer_id IS NOT NULL',
    persons: 'c-1 c-2',
    fields: 'order',
  },
  { name: 'a number as id', sql: 'SELECT id, name FROM staff', persons: '17', fields: 'name' },
  {
    name: 'one of two schemas',
    sql: 'SELECT customer_id, body FROM archive.letters',
    persons: 'c-2',
    fields: 'letter',
  },

  { name: 'data without its person', sql: "SELECT name FROM customers WHERE id = 'c-1'", ...nobody },
  {
    name: 'data without its person, no rows',
    sql: "SELECT name FROM customers WHERE id = 'x'",
    persons: '',
    fields: 'name',
  },
  { name: 'a row that names nobody', sql: 'SELECT customer_id, item FROM orders', ...nobody },

  {
    name: 'a join by the person',
    sql: 'SELECT c.id, c.name, o.item FROM customers c JOIN orders o ON o.customer_id = c.id',
    persons: 'c-1 c-2',
    fields: 'name order',
  },
  {
    name: 'a join by the person, from the other side',
    sql: 'SELECT o.customer_id, c.name FROM orders o INNER JOIN customers c ON (c.id = o.customer_id AND o.total > 1)',
    persons: 'c-1 c-2',
    fields: 'name',
  },
  {
    name: 'a join in the condition',
    sql: 'SELECT c.id, o.item FROM customers c, orders o WHERE c.id = o.customer_id',
    persons: 'c-1 c-2',
    fields: 'order',
  },
  {
    name: 'a join that need not be by the person',
    sql: 'SELECT c.id, o.item FROM customers c JOIN orders o ON o.customer_id = c.id OR o.total = 1',
    ...nobody,
  },
  {
    name: 'a join by something else',
    sql: "SELECT c.id, o.item FROM customers c JOIN orders o ON o.item = 'lamp'",
    ...nobody,
  },
  {
    name: 'an outer join',
    sql: 'SELECT c.id, c.name, o.customer_id, o.item FROM customers c LEFT JOIN orders o ON o.customer_id = c.id',
    persons: 'c-1 c-2 c-3',
    fields: 'name order',
  },
  {
    name: 'an outer join with data of nobody',
    sql: 'SELECT o.item, c.id, c.name FROM orders o LEFT JOIN customers c ON c.id = o.customer_id',
    ...nobody,
  },

  {
    name: 'two persons of one table',
    sql: 'SELECT a.id, a.name, b.id AS other, b.name AS friend FROM customers a JOIN customers b ON b.id = a.referred_by',
    persons: 'c-1 c-2 c-3',
    fields: 'name',
  },
  {
    name: 'two persons, one of them named',
    sql: 'SELECT a.id, a.city, b.name FROM customers a JOIN customers b ON b.id = a.referred_by',
    ...nobody,
  },
  {
    name: 'a person in a condition only',
    sql: 'SELECT id, name FROM customers WHERE id IN (SELECT referred_by FROM customers)',
    ...one,
  },
  {
    name: 'a person in EXISTS',
    sql: 'SELECT c.id, c.name FROM customers c WHERE EXISTS (SELECT 1 FROM customers r WHERE r.referred_by = c.id)',
    ...one,
  },
  {
    name: 'a compound in a condition',
    sql: "SELECT id, name FROM customers WHERE id IN (SELECT 'c-1' UNION SELECT referred_by FROM customers)",
    ...one,
  },

  {
    name: 'WITH',
    sql: 'WITH q AS (SELECT id, name FROM customers) SELECT q.name AS n, q.id FROM q',
    ...three,
  },
  {
    name: 'a subquery',
    sql: 'SELECT s.n, s.id FROM (SELECT id, name AS n, city FROM customers ORDER BY city LIMIT 9) s',
    ...three,
  },
  {
    name: 'a view',
    sql: 'SELECT called, id FROM customer_names',
    ...three,
    operation: 'select.customer_names',
  },
  { name: 'a view without the person', sql: 'SELECT called FROM customer_names', ...nobody },
  {
    name: 'a view beside its table',
    sql: 'SELECT v.called, c.id FROM customer_names v, customers c',
    ...nobody,
  },
  { name: 'a view with an expression', sql: 'SELECT loud FROM shouted', ...unknown },
  { name: 'a view with a union', sql: 'SELECT id, name FROM everybody', ...unknown },

  { name: 'an expression', sql: 'SELECT id, upper(name) AS u FROM customers', ...unknown },
  { name: 'an expression beside a field', sql: 'SELECT id, name, 1 + 1 AS sum FROM customers', ...unknown },
  { name: 'an expression, declared', sql: 'SELECT id, upper(name) AS shout FROM customers', ...three },
  {
    name: 'an expression, declared to hold nothing',
    sql: 'SELECT id, name, length(city) AS plain_length FROM customers',
    ...three,
  },
  {
    name: 'an expression, declared for its statement',
    sql: "SELECT customer_id, item || '!' AS label FROM orders WHERE total > 1",
    persons: 'c-1 c-2',
    fields: 'name order',
  },
  {
    name: 'an expression, declared for another',
    sql: "SELECT id, name || '!' AS label FROM customers",
    ...unknown,
  },
  { name: 'an expression without a person', sql: 'SELECT upper(name) AS shout FROM customers', ...nobody },
  { name: 'a person worked out', sql: "SELECT name, id || '' AS whose FROM customers", ...three },
  { name: 'a scalar subquery', sql: 'SELECT (SELECT upper(max(name)) FROM customers) AS s', ...unknown },
  { name: 'an expression on another table', sql: 'SELECT upper(body) AS b FROM notes' },
  {
    name: 'a condition on a person in an expression',
    sql: 'SELECT EXISTS (SELECT 1 FROM customers WHERE email = ?) AS there',
    values: ['x'],
    ...unknown,
  },

  {
    name: 'a union',
    sql: 'SELECT id, name FROM customers UNION SELECT customer_id, item FROM orders',
    ...unknown,
  },
  { name: 'a union of other tables', sql: 'SELECT body FROM notes UNION SELECT body FROM notes' },
  {
    name: 'a union, declared',
    sql: "SELECT id AS whose, name AS shout FROM customers UNION ALL SELECT id, city FROM customers WHERE id = 'c-1'",
    ...three,
  },
  {
    name: 'a recursive WITH',
    sql: 'WITH RECURSIVE t(i, n) AS (SELECT id, name FROM customers UNION SELECT i, n FROM t) SELECT n FROM t',
    ...unknown,
  },

  { name: 'a count of everybody', sql: 'SELECT count(*) AS n FROM customers' },
  { name: 'a count by what is not personal', sql: 'SELECT city, count(*) AS n FROM customers GROUP BY city' },
  {
    name: 'a count of one person',
    sql: "SELECT count(*) AS n FROM orders WHERE customer_id = 'c-1'",
    ...unknown,
  },
  {
    name: 'a count of one person, declared',
    sql: "SELECT count(*) AS amount FROM orders WHERE customer_id = 'c-1'",
  },
  {
    name: 'a count by person',
    sql: 'SELECT customer_id, count(*) AS n FROM orders GROUP BY customer_id',
    ...unknown,
  },
  { name: 'the greatest name', sql: 'SELECT max(name) AS m FROM customers', ...unknown },
  { name: 'groups of a name', sql: 'SELECT name, id FROM customers GROUP BY id, name', ...three },
];

const write = { persons: 'c-1', fields: 'email' };
const bulk = { refused: 'BULK_UNKNOWN' } as const;

/** Each runs in a transaction that is rolled back: it was told all the same. */
export const writes: readonly Case[] = [
  {
    name: 'update by id',
    sql: 'UPDATE customers SET email = ? WHERE id = ?',
    values: ['n@x.example', 'c-1'],
    ...write,
    operation: 'update.customers',
  },
  {
    name: 'update by id and more',
    sql: "UPDATE customers SET email = ?, city = 'Breda' WHERE (city = ? AND customers.id = ?)",
    values: ['n', 'Delft', 'c-1'],
    ...write,
  },
  { name: 'update by a literal', sql: "UPDATE customers SET email = NULL WHERE 'c-1' = id", ...write },
  {
    name: 'update of several',
    sql: 'UPDATE customers SET name = ? WHERE id IN (?, ?)',
    values: ['n', 'c-1', 'c-2'],
    persons: 'c-1 c-2',
    fields: 'name',
  },
  { name: 'update of what is not personal', sql: "UPDATE customers SET city = 'Breda'" },
  {
    name: 'update by something else',
    sql: 'UPDATE customers SET email = ? WHERE city = ?',
    values: ['n', 'Delft'],
    ...bulk,
  },
  {
    name: 'update with OR',
    sql: 'UPDATE customers SET email = ? WHERE id = ? OR city = ?',
    values: ['n', 'c-1', 'Delft'],
    ...bulk,
  },
  {
    name: 'update with NOT',
    sql: 'UPDATE customers SET email = ? WHERE NOT id = ?',
    values: ['n', 'c-1'],
    ...bulk,
  },
  { name: 'update of everybody', sql: 'UPDATE customers SET email = NULL', ...bulk },
  {
    name: 'update by an id from elsewhere',
    sql: 'UPDATE customers SET email = NULL WHERE id = (SELECT max(id) FROM customers)',
    ...bulk,
  },
  {
    name: 'update that returns',
    sql: "UPDATE customers SET email = 'n' WHERE city = 'Delft' RETURNING id",
    persons: 'c-1 c-2',
    fields: 'email',
  },
  {
    name: 'update that returns more',
    sql: "UPDATE customers SET email = 'n' WHERE city = 'Delft' RETURNING id, name",
    persons: 'c-1 c-2',
    fields: 'email name',
  },
  {
    name: 'update that returns no person',
    sql: "UPDATE customers SET email = 'n' WHERE city = 'Delft' RETURNING city",
    ...bulk,
  },
  {
    name: 'update from one person to another',
    sql: "UPDATE orders SET customer_id = ?, item = 'x' WHERE customer_id = ?",
    values: ['c-2', 'c-1'],
    persons: 'c-1 c-2',
    fields: 'order',
  },
  {
    name: 'update from somebody to another',
    sql: "UPDATE orders SET customer_id = 'c-2', item = 'x' WHERE total = 20 RETURNING customer_id",
    ...bulk,
  },
  {
    name: 'insert',
    sql: 'INSERT INTO customers (id, name) VALUES (?, ?)',
    values: ['c-9', 'Eva'],
    persons: 'c-9',
    fields: 'name',
  },
  {
    name: 'insert of several',
    sql: "INSERT INTO customers (name, id) VALUES ('F', 'c-8'), ('G', 'c-9')",
    persons: 'c-8 c-9',
    fields: 'name',
  },
  {
    name: 'insert without columns',
    sql: "INSERT INTO customers VALUES ('c-9', 'E', 'e', 'D', NULL)",
    ...bulk,
  },
  {
    name: 'insert that returns',
    sql: "INSERT INTO customers VALUES ('c-9', 'E', 'e', 'D', NULL) RETURNING id",
    persons: 'c-9',
    fields: 'email name',
  },
  { name: 'insert of what is not personal', sql: "INSERT INTO customers (id, city) VALUES ('c-9', 'Delft')" },
  {
    name: 'insert over another',
    sql: "INSERT INTO customers (id, name) VALUES ('c-1', 'E') ON CONFLICT (id) DO UPDATE SET email = excluded.name",
    persons: 'c-1',
    fields: 'email name',
  },
  {
    name: "insert over what may be another person's",
    sql: "INSERT INTO orders (id, customer_id, item) VALUES (1, 'c-2', 'x') ON CONFLICT (id) DO UPDATE SET item = 'x'",
    ...bulk,
  },
  {
    name: 'insert that gives a row to another person',
    sql: "INSERT INTO customers (id, name) VALUES ('c-1', 'x') ON CONFLICT (id) DO UPDATE SET id = 'c-9'",
    ...bulk,
  },
  {
    name: 'insert in place of others',
    sql: "INSERT OR REPLACE INTO customers (id, name) VALUES ('c-1', 'x')",
    only: 'sqlite',
    ...bulk,
  },
  { name: 'replace', sql: "REPLACE INTO customers (id, name) VALUES ('c-1', 'x')", only: 'sqlite', ...bulk },
  {
    name: 'update with AND and OR',
    sql: 'UPDATE customers SET email = ? WHERE id = ? AND city = ? OR name = ?',
    values: ['n', 'c-1', 'Delft', 'Bram'],
    ...bulk,
  },
  {
    name: 'insert from a table',
    sql: "INSERT INTO customers (id, name) SELECT 'x' || id, name FROM customers",
    ...bulk,
  },
  {
    name: 'insert of an id worked out',
    sql: "INSERT INTO customers (id, name) VALUES (upper(?), 'E')",
    values: ['c-9'],
    ...bulk,
  },
  {
    name: 'delete by id',
    sql: 'DELETE FROM customers WHERE id = ?',
    values: ['c-1'],
    persons: 'c-1',
    fields: 'email name',
  },
  {
    name: 'delete by alias',
    sql: 'DELETE FROM customers AS c WHERE c.id = ?',
    values: ['c-1'],
    persons: 'c-1',
    fields: 'email name',
  },
  { name: 'delete of everybody', sql: 'DELETE FROM customers', ...bulk },
  {
    name: 'delete that returns',
    sql: "DELETE FROM customers WHERE city = 'Gouda' RETURNING id",
    persons: 'c-3',
    fields: 'email name',
  },
  {
    name: 'a copy to another table',
    sql: "INSERT INTO notes (body) SELECT name FROM customers WHERE id = 'c-1'",
    ...bulk,
  },
  { name: 'a new table from another', sql: 'CREATE TABLE copies AS SELECT name FROM customers', ...bulk },
  {
    name: 'another table by a condition',
    sql: "UPDATE notes SET body = 'x' WHERE id IN (SELECT 1 FROM customers)",
  },
  { name: 'another table', sql: "INSERT INTO notes (id, body) VALUES (7, 'x')" },
];
