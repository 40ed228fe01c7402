import { someEntries } from '@zegel/testkit';
import { expect, test } from 'vitest';
import { bySql, logWith, newPlace, open } from './place.ts';

test.each([
  ['DROP TRIGGER chunk_update', 'the trigger chunk_update is missing'],
  [
    'DROP TRIGGER head_delete; CREATE TRIGGER head_delete BEFORE DELETE ON head BEGIN SELECT 1; END',
    'the trigger head_delete was changed',
  ],
  ['CREATE TABLE extra (a)', 'the table extra does not belong here'],
  ['CREATE INDEX hidden ON id (idx)', 'the index hidden does not belong here'],
  ['ALTER TABLE head ADD COLUMN note TEXT', 'the table head was changed'],
  ['DROP TABLE cover', 'the table cover is missing'],
])('%s is named', async (sql, message) => {
  const place = await newPlace();
  await logWith(place, someEntries(70));
  bySql(place, (db) => db.exec(sql));
  const store = await open(place, 'read');
  expect(await store.inspect()).toContain(message);
  expect(await store.inspect('outline')).toContain(message);
});

test('a row that breaks a constraint is named with its table', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(70));
  bySql(place, (db) => {
    db.exec('DROP TRIGGER head_update');
    db.pragma('ignore_check_constraints = ON');
    db.exec("UPDATE head SET root = x'00'");
  });
  const store = await open(place, 'read');
  const messages = await store.inspect();
  // The outline looks at no rows, so that it costs the same for any log.
  expect(await store.inspect('outline')).not.toContain('1 rows of the table head can not be as they are');
  expect(messages).toContain('1 rows of the table head can not be as they are');
});
