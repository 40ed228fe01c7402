import { describe, expect, test } from 'vitest';
import { anna, captured, coded, customer } from './sample.ts';

const declaration = { action: 'export', fields: ['name'] } as const;
const persons = (ids: readonly string[]) => ids.map(customer);

async function* chunks(onEnd?: () => void): AsyncGenerator<readonly string[]> {
  try {
    yield ['c-1', 'c-2'];
    yield ['c-3'];
  } finally {
    onEnd?.();
  }
}

describe('a stream', () => {
  test('hands on each chunk once its entry is durable, in the context that it was made in', async () => {
    const { access, runAs, log } = captured();
    const stream = await runAs(anna, () => ({
      of: access.stream('dashboard', declaration, chunks(), persons),
    }));
    const seen: [readonly string[], number][] = [];
    for await (const chunk of stream.of) seen.push([chunk, log.accesses().length]);
    expect(seen).toEqual([
      [['c-1', 'c-2'], 1],
      [['c-3'], 2],
    ]);
    expect(log.accesses().map(({ actor, subjects }) => [actor, subjects.length])).toEqual([
      [anna, 2],
      [anna, 1],
    ]);
  });

  test('takes plain lists, and one without chunks is an entry of nobody', async () => {
    const { access, runAs, log } = captured();
    await runAs(anna, async () => {
      for await (const chunk of access.stream('dashboard', declaration, [['c-1']], persons))
        expect(chunk).toEqual(['c-1']);
      const empty: (readonly string[])[] = [];
      for await (const _ of access.stream('dashboard', declaration, empty, persons)) expect.unreachable();
    });
    expect(log.accesses().map(({ outcome, subjects }) => [outcome, subjects.length])).toEqual([
      ['success', 1],
      ['success', 0],
    ]);
  });

  test('stops before a chunk that can not be logged, and lets its source go', async () => {
    const { access, runAs, log } = captured();
    let isEnded = false;
    const seen: unknown[] = [];
    const read = runAs(anna, async () => {
      for await (const chunk of access.stream(
        'dashboard',
        declaration,
        chunks(() => (isEnded = true)),
        persons,
      )) {
        seen.push(chunk);
        log.fail('down');
      }
    });
    await expect(read).rejects.toEqual(coded('LOG_UNAVAILABLE'));
    expect([seen, isEnded]).toEqual([[['c-1', 'c-2']], true]);
  });

  test('whose reader stops lets its source go', async () => {
    const { access, runAs } = captured();
    let isEnded = false;
    await runAs(anna, async () => {
      for await (const _ of access.stream(
        'dashboard',
        declaration,
        chunks(() => (isEnded = true)),
        persons,
      ))
        break;
    });
    expect(isEnded).toBe(true);
  });

  test('whose source fails says so in an entry', async () => {
    const { access, runAs, log } = captured();
    async function* failing(): AsyncGenerator<readonly string[]> {
      yield ['c-1'];
      throw new Error('the cursor broke');
    }
    const read = runAs(anna, async () => {
      for await (const _ of access.stream('dashboard', declaration, failing(), persons)) continue;
    });
    await expect(read).rejects.toThrow('the cursor broke');
    expect(log.accesses().map(({ outcome }) => outcome)).toEqual(['success', 'error']);
  });
});
