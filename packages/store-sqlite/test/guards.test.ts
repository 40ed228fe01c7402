import { batchAfter, someEntries } from '@zegel/testkit';
import { expect, test } from 'vitest';
import { bySql, everything, hex, logWith, newPlace, open } from './place.ts';

const SOME = "x'00112233445566778899aabbccddeeff'";
const HASH = `x'${'11'.repeat(32)}'`;

const refused: readonly (readonly [string, RegExp])[] = [
  ['UPDATE chunk SET body = zeroblob(3)', /bodies pruned under a cover only/],
  ['UPDATE chunk SET hashes = zeroblob(32 * count)', /never changed/],
  ['UPDATE chunk SET first = first + 1', /never changed/],
  ['DELETE FROM chunk', /never deleted/],
  ['DELETE FROM chunk WHERE first = (SELECT max(first) FROM chunk)', /never deleted/],
  [`REPLACE INTO chunk VALUES (0, 1, 3, 0, ${HASH}, x'000161')`, /at the end only/],
  [`INSERT INTO chunk VALUES (500, 1, 3, 0, ${HASH}, x'000161')`, /at the end only/],
  ['UPDATE head SET control = 0', /checkpoints are never changed/],
  ['DELETE FROM head', /checkpoints are never deleted/],
  [`REPLACE INTO head VALUES (70, 0, ${HASH}, zeroblob(68))`, /covers exactly/],
  [`INSERT INTO head VALUES (500, 0, ${HASH}, zeroblob(68))`, /covers exactly/],
  ['UPDATE id SET idx = 0', /ids are never changed/],
  ['DELETE FROM id', /ids are never deleted/],
  ['REPLACE INTO id SELECT id, part, 0 FROM id LIMIT 1', /used once/],
  ['UPDATE subtree SET n = 9', /subtrees are never changed/],
  ['DELETE FROM subtree', /subtrees are never deleted/],
  [`REPLACE INTO subtree VALUES (1, 0, ${HASH})`, /complete once/],
  ['UPDATE cover SET last = 999', /covers are never changed/],
  ['DELETE FROM cover', /covers are never deleted/],
  [`INSERT INTO id VALUES (${SOME}, -1, 0)`, /CHECK/],
  ["INSERT INTO id VALUES (x'00', 0, 0)", /CHECK/],
];

test.each(refused)('SQL does not get past the triggers: %s', async (statement, message) => {
  const place = await newPlace();
  await logWith(place, someEntries(300), someEntries(5, 300));
  const store = await open(place, 'write');
  await store.prune({ by: 304, ranges: [[0, 3]] });
  const before = await everything(store);
  bySql(place, (db) => expect(() => db.exec(statement)).toThrow(message));
  expect((await everything(store)).map(({ bytes }) => hex(bytes))).toEqual(
    before.map(({ bytes }) => hex(bytes)),
  );
});

test('under a cover the body of its chunk can change, and nothing else', async () => {
  const place = await newPlace();
  await logWith(place, someEntries(130));
  bySql(place, (db) => {
    db.exec('INSERT INTO cover VALUES (64, 70, 71)');
    expect(() => db.exec("UPDATE chunk SET hashes = zeroblob(2048), body = x'00' WHERE first = 64")).toThrow(
      /never changed/,
    );
    expect(() => db.exec("UPDATE chunk SET body = x'00' WHERE first = 0")).toThrow(/under a cover only/);
    db.exec("UPDATE chunk SET body = x'00' WHERE first = 64");
  });
});

test('a batch whose subtree is there already is refused whole', async () => {
  const place = await newPlace();
  const store = await open(place, 'create');
  await store.commit((view) => batchAfter(view, someEntries(256)));
  const twice = store.commit((view) => ({
    ...batchAfter(view, someEntries(3, 256)),
    subtrees: [{ level: 1, n: 0, hash: new Uint8Array(32) }],
  }));
  await expect(twice).rejects.toThrow(/complete once/);
  expect(await everything(store)).toHaveLength(256);
});
