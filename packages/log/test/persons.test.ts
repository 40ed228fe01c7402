import { parseUuid } from '@zegel/core';
import { describe, expect, test } from 'vitest';
import type { Log } from '../src/log.ts';
import type { Receipt } from '../src/receipt.ts';
import { entryOf, event, only, opened, parsed, place, sound } from './log-place.ts';

interface Mention {
  readonly ref: string;
  readonly ptr: string;
}

interface Access {
  readonly id: string;
  readonly actor: { readonly person: Mention };
  readonly onBehalfOf?: Mention;
  readonly subjects: readonly Mention[];
  readonly part?: { readonly number: number; readonly of: number };
  readonly subjectCount: number;
}

const access = async (log: Log, receipt: Receipt): Promise<Access> =>
  (await entryOf(log, receipt)) as unknown as Access;

const handlesOf = (log: Log, id = 'c-1', type = 'customer') => log.vault.handlesOf(type, id);

describe('mentions', () => {
  test('are opened by the vault at their own place only', async () => {
    const log = await opened(place());
    const receipt = only(await log.append([event(1, { onBehalfOf: { type: 'employee', id: 'e-3' } })]));
    const { id, actor, onBehalfOf, subjects } = await access(log, receipt);
    const entry = parseUuid(id);
    const subject = only(subjects);
    if (onBehalfOf === undefined) throw new Error('onBehalfOf is missing');
    expect(log.vault.open(entry, 0, actor.person)).toEqual({ type: 'employee', id: 'e-17' });
    expect(log.vault.open(entry, 1, onBehalfOf)).toEqual({ type: 'employee', id: 'e-3' });
    expect(log.vault.open(entry, 2, subject)).toEqual({ type: 'customer', id: 'c-1' });
    expect(log.vault.open(entry, 3, subject)).toBeUndefined();
    expect(log.vault.open(entry, 2, { ...subject, ref: actor.person.ref })).toBeUndefined();
    expect(log.vault.open(parseUuid('00000000-0000-4000-8000-000000000000'), 2, subject)).toBeUndefined();
  });

  test('of 5,000 subjects run over adjacent parts, and every one opens', async () => {
    const dir = place();
    const log = await opened(dir);
    const subjects = Array.from({ length: 5000 }, (_, i) => ({ type: 'customer', id: `many-${i}` }));
    const [before, bulk, after] = await Promise.all([
      log.append([event(1)]),
      log.append([event(2, { subjects, reason: 'export of all' })]),
      log.append([event(3)]),
    ]);
    const { index, count } = only(bulk);
    expect([only(before).index, index, only(after).index]).toEqual([2, 3, 3 + count]);
    expect(count).toBeGreaterThan(10);
    const seen: unknown[] = [];
    for (let part = 0; part < count; part++) {
      const entry = parsed(await log.entry(index + part)) as unknown as Access;
      expect(entry.part).toEqual({ number: part + 1, of: count });
      expect(entry.subjectCount).toBe(5000);
      for (const mention of entry.subjects)
        seen.push(log.vault.open(parseUuid(entry.id), 2 + seen.length, mention));
    }
    expect(seen).toEqual(subjects);
    await log.close();
    await sound(dir);
  });
});

describe('the scope of a handle', () => {
  test('is the case where there is one, else the month', async () => {
    const log = await opened(place());
    await log.append([
      event(1, { case: 'order-1' }),
      event(1, { case: 'order-2' }),
      event(1, { case: 'order-1' }),
    ]);
    expect(handlesOf(log).map((h) => h.month)).toEqual([null, null]);
    await log.append([event(1), event(1)]);
    const months = handlesOf(log).map((h) => h.month);
    expect(months.filter((m) => m !== null)).toEqual([new Date().toISOString().slice(0, 7)]);
    expect(months).toHaveLength(3);
  });

  test('is never the case for an actor', async () => {
    const log = await opened(place());
    await log.append([event(1, { case: 'order-1' }), event(1, { case: 'order-2' }), event(1)]);
    expect(handlesOf(log, 'e-17', 'employee').map((h) => [h.sort, h.month])).toEqual([
      ['actor', new Date().toISOString().slice(0, 7)],
    ]);
  });

  test('is confidential entries of their own, and each activity of its own', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([event(1), event(1, { confidential: true }), event(1, { activity: 'imported' })]);
    expect(
      handlesOf(log)
        .map((h) => h.activity)
        .sort(),
    ).toEqual(['general', 'general', 'imported']);
    expect(handlesOf(log, 'e-17', 'employee')).toHaveLength(3);
    await log.close();
    await sound(dir);
  });

  test('is not shared by somebody who acts and whose data it is', async () => {
    const log = await opened(place());
    await log.append([event(1, { actor: { kind: 'customer', id: 'c-1' } })]);
    expect(
      handlesOf(log)
        .map((h) => h.sort)
        .sort(),
    ).toEqual(['actor', 'subject']);
  });

  test('ends with the month in which the entry is made', async () => {
    const dir = place();
    const log = await opened(dir);
    await log.append([event(1)]);
    await log.close();
    // The workers have clocks of their own, so the month of the first handle is moved back instead.
    expect(await monthsAfterMoving(dir)).toEqual(['2026-10', new Date().toISOString().slice(0, 7)]);
  });
});

/** Months of the handles of one customer, the first of which was made in October. */
async function monthsAfterMoving(dir: string): Promise<(string | null)[]> {
  const { Handles } = await import('../src/vault/handles.ts');
  const { openVaultFile } = await import('../src/vault/vault-file.ts');
  const { readKek } = await import('../src/keys/key-files.ts');
  const vault = openVaultFile(dir, readKek(`${dir}/keys`), false);
  const handles = new Handles(vault);
  const wanted = {
    type: 'customer',
    id: 'c-2',
    activity: 'general',
    sort: 'subject',
    case: undefined,
    confidential: false,
  } as const;
  handles.begin();
  const numbers = ['2026-10', '2026-10', new Date().toISOString().slice(0, 7)].map(
    (month) => handles.resolve({ ...wanted, month }).number,
  );
  handles.commit();
  vault.db.close();
  expect(Buffer.from(numbers[0] ?? []).equals(Buffer.from(numbers[1] ?? []))).toBe(true);
  const log = await opened(dir);
  await log.append([event(2)]);
  const months = log.vault.handlesOf('customer', 'c-2').map((h) => h.month);
  return months.toSorted((one, other) => (one ?? '').localeCompare(other ?? '')); // both may be of one millisecond
}
