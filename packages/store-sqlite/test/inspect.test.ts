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
  expect(await (await open(place, 'read')).inspect()).toContain(message);
});

test('a row that breaks a constraint is named with its table', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(70));
  bySql(place, (db) => {
    db.exec('DROP TRIGGER head_update');
    db.pragma('ignore_check_constraints = ON');
    db.exec("UPDATE head SET root = x'00'");
  });
  const messages = await (await open(place, 'read')).inspect();
  expect(messages).toContain('1 rows of the table head can not be as they are');
});
