import type { Person } from '@zegel/reading';
import { expect, test } from 'vitest';
import { Named } from '../src/export/named.ts';

const person = (id: string): Person => ({ type: 'customer', id });

async function* shown(...all: readonly (readonly string[])[]) {
  for (const ids of all) yield { persons: ids.map(person) };
}

test('an export shows whom its entry names, each once', async () => {
  const named = await Named.in(shown(['a', 'b'], [], ['b']));
  expect([...named.persons]).toEqual([person('a'), person('b')]);
  let left = 0;
  for await (const { persons } of named.only(shown(['b'], [], ['a', 'b']))) left += persons.length;
  expect(left).toBe(3);
});

test('an export ends before it shows somebody else', async () => {
  const named = await Named.in(shown(['a']));
  const left: unknown[] = [];
  await expect(async () => {
    for await (const entry of named.only(shown(['a'], ['a', 'c'], ['a']))) left.push(entry);
  }).rejects.toMatchObject({ code: 'INDEX_CHANGED' });
  expect(left).toEqual([{ persons: [person('a')] }]);
});
