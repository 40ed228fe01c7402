import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compareIndex, openIndex, type SearchIndex } from '../src/index.ts';
import { type FakeEvent, FakeLog, FakeVault } from './fake-log.ts';
import { type Condition, eventArbitrary, expected, NAMES, queryArbitrary } from './reference.ts';

let dir: string;
let path: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-search-'));
  path = join(dir, 'index.db');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const open = (log: FakeLog, mode: 'write' | 'read' = 'write'): Promise<SearchIndex> =>
  openIndex({ path, log, vault: log.vault, mode, names: NAMES });

async function pages(index: SearchIndex, text: string, limit: number): Promise<number[]> {
  const all: number[] = [];
  for (let below: number | undefined; ; ) {
    const page = await index.search(text, { limit, below });
    all.push(...page.indexes);
    if (!page.more) return all;
    below = page.indexes.at(-1);
  }
}

function tally(values: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) if (value !== undefined) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

const ascending = (numbers: readonly number[]): number[] => numbers.toSorted((a, b) => a - b);

async function agrees(index: SearchIndex, log: FakeLog, query: Condition): Promise<void> {
  const hits = expected(log, query);
  expect(await pages(index, query.text, 23), query.text).toEqual(hits);
  expect(await index.count(query.text)).toBe(hits.length);
  for (const above of [-1, hits.at(-1) ?? 7, hits[20] ?? 30]) {
    const newer = hits.filter((hit) => hit > above);
    const page = await index.search(query.text, { limit: 11, above, total: true });
    expect(page).toEqual({ indexes: newer.slice(-11), more: newer.length > 11, total: newer.length });
  }
  const fetched = await index.fetch(query.text, hits.slice(0, 5) as never);
  expect(fetched.findings).toEqual([]);
  expect(fetched.entries.map((entry) => entry.index)).toEqual(hits.slice(0, 5));

  const events = hits.map((hit) => log.entries[hit]?.event as FakeEvent);
  const accesses = events.filter((event) => event.kind === 'access');
  const { basis, facets } = await index.facets(query.text, {
    names: ['action', 'field', 'operation', 'actor', 'role'],
    top: 50,
  });
  expect(basis).toEqual({ hits: hits.length, exact: true });
  const [action, field, operation, actor, role] = facets.map((f) =>
    Object.fromEntries(f.values.map((v) => [v.value, v.count])),
  );
  expect(action).toEqual(tally(events.map((event) => event.action)));
  expect(operation).toEqual(tally(events.map((event) => event.operation)));
  expect(role).toEqual(tally(accesses.map((event) => event.role)));
  expect(field).toEqual(tally(accesses.flatMap((event) => event.fields ?? [])));
  expect(ascending(Object.values(actor ?? {}))).toEqual(
    ascending(Object.values(tally(accesses.map((e) => e.actor?.id)))),
  );
  for (const value of facets[3]?.values ?? []) expect(hits).toContain(value.sample);

  const histogram = await index.histogram(query.text, { buckets: 12 });
  const names = ['action', 'actor'] as const;
  expect(await index.overview(query.text, { names, top: 3, buckets: 12 })).toEqual({
    facets: await index.facets(query.text, { names, top: 3 }),
    histogram,
  });
  expect(histogram.bars.length).toBeLessThanOrEqual(12);
  expect(histogram.bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(hits.length);
  for (const bar of histogram.bars) {
    expect(events.filter((event) => event.occurred >= bar.from && event.occurred < bar.to)).toHaveLength(
      bar.count,
    );
  }
}

describe('the index agrees with a slow reference', () => {
  it('for random logs, queries and steps of following', { timeout: 60_000 }, async () => {
    const events = fc.array(eventArbitrary, { minLength: 1, maxLength: 400, size: 'max' });
    const steps = fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(
        events,
        steps,
        fc.array(queryArbitrary, { minLength: 8, maxLength: 8 }),
        async (all, sizes, queries) => {
          rmSync(path, { force: true });
          const log = new FakeLog(new FakeVault());
          let index = await open(log);
          const rest = [...all];
          for (const size of [...sizes, all.length]) {
            for (const event of rest.splice(0, size)) log.append(event);
            expect(await index.catchUp()).toBe(log.entries.length);
          }
          for (const query of queries) await agrees(index, log, query);
          index.close();
          expect((await compareIndex({ path, log, vault: log.vault })).findings).toEqual([]);
          index = await open(log, 'read');
          for (const query of queries.slice(0, 2)) await agrees(index, log, query);
          index.close();
        },
      ),
      { numRuns: 25 },
    );
  });

  it('across segments of 65,536 entries', { timeout: 120_000 }, async () => {
    const log = new FakeLog(new FakeVault());
    const sample = fc.sample(eventArbitrary, { numRuns: 997, seed: 7 });
    const add = (count: number): void => {
      for (let i = 0; i < count; i++)
        log.append(sample[(log.entries.length * 31) % sample.length] as FakeEvent);
    };
    const index = await open(log);
    for (const count of [3000, 5000, 60_000, 1, 7, 5000]) {
      add(count);
      await index.catchUp();
    }
    expect(index.stats()).toMatchObject({ covered: 73_008, segments: 2 });
    for (const query of fc.sample(queryArbitrary, { numRuns: 12, seed: 3 })) {
      const hits = expected(log, query);
      expect(await index.count(query.text), query.text).toBe(hits.length);
      expect((await index.search(query.text, { limit: 100, below: 66_000 })).indexes).toEqual(
        hits.filter((i) => i < 66_000).slice(0, 100),
      );
    }
    index.close();
    expect((await compareIndex({ path, log, vault: log.vault })).findings).toEqual([]);
  });
});

describe('counts beyond 100,000 hits', () => {
  it('cover the newest and say so', { timeout: 120_000 }, async () => {
    const log = new FakeLog(new FakeVault());
    const old = 20_000;
    for (let i = 0; i < 100_000 + old; i++) {
      log.append({ occurred: i * 1000, action: i < old ? 'export' : 'read', actorKind: 'system' });
    }
    const index = await open(log);
    await index.catchUp();
    const facets = await index.facets('', { names: ['action'] });
    expect(facets.basis).toEqual({ hits: 100_000, exact: false });
    expect(facets.facets[0]?.values).toEqual([{ value: 'read', count: 100_000 }]);
    const { basis, bars } = await index.histogram('', { buckets: 100, timeZone: 'UTC' });
    expect(basis.exact).toBe(false);
    expect(bars[0]?.from).toBeLessThanOrEqual(old * 1000);
    expect(bars.reduce((sum, bar) => sum + bar.count, 0)).toBe(100_000);
    expect((await index.facets('action:read', { names: ['action'] })).basis).toEqual({
      hits: 100_000,
      exact: true,
    });
    expect(await index.count('')).toBe(120_000);
    index.close();
  });
});

describe('split events', () => {
  it('find subjects of later parts, and every part by id', async () => {
    const log = new FakeLog(new FakeVault());
    const subject = (id: string) => ({ type: 'customer', id, involvement: 'shown' });
    const index = await open(log);
    log.append({
      occurred: 0,
      action: 'search',
      subjects: [subject('a'), subject('b')],
      part: { number: 1, of: 3, event: 'x', before: 0 },
    });
    log.append({
      occurred: 0,
      action: 'search',
      subjects: [subject('c')],
      part: { number: 2, of: 3, event: 'x', before: 2 },
    });
    await index.catchUp(); // the rest comes with another segment
    log.append({
      occurred: 0,
      action: 'search',
      subjects: [subject('d')],
      part: { number: 3, of: 3, event: 'x', before: 3 },
    });
    log.append({ occurred: 0, action: 'search', subjects: [subject('d')] });
    await index.catchUp();
    expect((await index.search('subject:customer:c')).indexes).toEqual([1]);
    expect((await index.search('subject:customer:d')).indexes).toEqual([3, 2]);
    const id = log.entries[0]?.id ?? '';
    const found = await index.search(`id:${id}`);
    expect(found.indexes).toEqual([2, 1, 0]);
    const fetched = await index.fetch('subject:customer:d', [3, 2] as never);
    expect(fetched).toMatchObject({ findings: [], entries: [{ index: 3 }, { index: 2 }] });
    index.close();
    expect((await compareIndex({ path, log, vault: log.vault })).findings).toEqual([]);
  });

  it.each([
    ['the first', [0], ['c', 'd', 'e']],
    ['one in the middle', [1], ['a', 'b', 'd', 'e']],
    ['the last', [3], ['a', 'b', 'c', 'd']],
    ['the first ones', [0, 1], ['d', 'e']],
    // Nobody can tell how many subjects each of two gaps held.
    ['the first and the last', [0, 3], []],
    ['every other', [1, 3], ['a', 'b']],
  ])('find subjects of other parts when %s pruned', async (_name, pruned, found) => {
    const log = new FakeLog(new FakeVault());
    const parts = [['a', 'b'], ['c'], ['d'], ['e']];
    let before = 0;
    parts.forEach((ids, i) => {
      const subjects = ids.map((id) => ({ type: 'customer', id, involvement: 'shown' }));
      const part = { number: i + 1, of: parts.length, event: 'x', before, total: 5 };
      log.append({ occurred: i, action: 'search', actor: { type: 'employee', id: 'z' }, subjects, part });
      before += ids.length;
    });
    log.append({ occurred: 9, action: 'read', subjects: [] });
    for (const one of pruned) log.prune(one, one);
    const index = await open(log);
    await index.catchUp();
    const hits: string[] = [];
    for (const [i, ids] of parts.entries())
      for (const id of ids) {
        const { indexes } = await index.search(`subject:customer:${id}`);
        expect((await index.fetch(`subject:customer:${id}`, indexes)).findings).toEqual([]);
        hits.push(...indexes.map((hit) => `${id} ${hit - i}`));
      }
    expect(hits).toEqual(found.map((id) => `${id} 0`));
    expect(await index.count('actor:employee:z')).toBe(parts.length - pruned.length);
    index.close();
    expect((await compareIndex({ path, log, vault: log.vault })).findings).toEqual([]);
  });
});
