import { describe, expect, it } from 'vitest';
import { personLines, personTable, queryLines, queryTable, type RowMaker } from '../src/export/rows.ts';
import { type ExportProgress, runExport } from '../src/export/run-export.ts';
import { type IndexedLog, indexedLog, seen } from './people-log.ts';

const TABLE = { timeZone: 'Europe/Amsterdam', bom: false } as const;

async function bytesOf(run: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of run) parts.push(part);
  return Buffer.concat(parts);
}

async function exported(
  { log, index }: IndexedLog,
  query: string,
  rows: RowMaker,
  more: { readonly permitted?: string[][]; readonly progress?: ExportProgress[] } = {},
): Promise<Buffer> {
  return bytesOf(
    runExport({
      index,
      plan: index.plan(query),
      below: await log.size(),
      rows,
      permit: async (persons) => {
        await Promise.resolve();
        more.permitted?.push(persons.map(({ type, id }) => `${type}:${id}`));
      },
      onProgress: (progress) => more.progress?.push(progress),
    }),
  );
}

/** RFC 4180, read the plain way. */
function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    record.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end !== '\r\n') continue;
    records.push(record);
    record = [];
  }
  return records;
}

describe('a query as lines', () => {
  it('gives the exact bytes of each entry in index order', async () => {
    const staged = await indexedLog([seen('c-1', 'e-1'), seen('c-2', 'e-1'), seen('c-3', 'e-2')]);
    const text = await exported(staged, 'kind:access', queryLines());
    const expected: string[] = [];
    for await (const chunk of staged.log.read(0, await staged.log.size()))
      for (const { bytes } of chunk) expected.push(`${Buffer.from(bytes ?? []).toString()}\n`);
    expect(text.toString()).toBe(expected.filter((line) => line.includes('"kind":"access"')).join(''));
    expect(text.toString().split('\n')).toHaveLength(4);
  });
});

describe('a query as a table', () => {
  it('has persons by pseudonym, never by id, and times in the zone and exactly', async () => {
    const staged = await indexedLog([
      seen('c-1', 'e-1'),
      seen('c-1', 'e-2', { occurred: '2026-01-01T10:00:00.000Z' }),
    ]);
    const text = (await exported(staged, 'kind:access', queryTable(staged.log, TABLE))).toString();
    expect(text).not.toMatch(/(?<![0-9a-f])(?:c-1|e-1|e-2)(?![0-9a-f])/); // ids have such digits
    const [head = [], first = [], second = []] = readCsv(text);
    const cell = (row: readonly string[], name: string): string | undefined => row[head.indexOf(name)];
    expect(cell(first, 'occurred')).toBe('2026-07-01 12:00:00');
    expect(cell(second, 'occurred')).toBe('2026-01-01 11:00:00');
    expect(cell(second, 'occurred_utc')).toBe('2026-01-01T10:00:00.000Z');
    expect(cell(first, 'subjects')).toMatch(/^customer ▪ [0-9a-f]{16} \(target\)$/);
    expect(cell(first, 'subjects')).toBe(cell(second, 'subjects'));
    expect(cell(first, 'actor')).not.toBe(cell(second, 'actor'));
  });

  it('begins with a byte order mark only where asked, and says its columns when nothing is found', async () => {
    const staged = await indexedLog([]);
    const marked = await exported(staged, 'kind:hold', queryTable(staged.log, { ...TABLE, bom: true }));
    expect([...marked.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const plain = await exported(staged, 'kind:hold', queryTable(staged.log, TABLE));
    expect(plain.toString()).toMatch(/^index,id,kind,.*recorded_utc\r\n$/);
  });

  it('has no formula, whatever an entry that somebody edited says', async () => {
    const { log } = await indexedLog([seen('c-1', 'e-1')]);
    const stored = await log.entry(2);
    const edited = Buffer.from(stored.bytes ?? [])
      .toString()
      .replace('"action":"read"', '"action":"＝1;@2"');
    const row = await queryTable(log, TABLE).row({ ...stored, bytes: Buffer.from(edited) });
    expect(Buffer.from(row?.bytes ?? []).toString()).toContain(`,"'＝1;'@2",`);
  });
});

describe('what may leave', () => {
  it('is permitted before the first byte, and for everyone whom the bytes show', async () => {
    const staged = await indexedLog([seen('c-1', 'e-1'), seen('c-2', 'e-1')]);
    const order: string[] = [];
    const run = runExport({
      index: staged.index,
      plan: staged.index.plan('kind:access'),
      below: await staged.log.size(),
      rows: queryTable(staged.log, TABLE),
      permit: async (persons) => {
        await new Promise((resolve) => setImmediate(resolve));
        order.push(
          `permitted ${persons
            .map(({ id }) => id)
            .sort()
            .join(' ')}`,
        );
      },
    });
    for await (const bytes of run) order.push(`left ${bytes.length > 0}`);
    expect(order).toEqual(['permitted c-1 c-2 e-1', 'left true']);
  });

  it('does not leave when it is refused', async () => {
    const staged = await indexedLog([seen('c-1', 'e-1')]);
    const run = runExport({
      index: staged.index,
      plan: staged.index.plan(''),
      below: await staged.log.size(),
      rows: queryLines(),
      permit: () => Promise.reject(new Error('no')),
    });
    await expect(run.next()).rejects.toThrow('no');
  });

  it('comes in pieces, and stops when told to', async () => {
    const events = Array.from({ length: 1500 }, (_, i) => seen(`c-${i}`, 'e-1'));
    const staged = await indexedLog(events);
    const controller = new AbortController();
    const progress: ExportProgress[] = [];
    const run = runExport({
      index: staged.index,
      plan: staged.index.plan('kind:access'),
      below: await staged.log.size(),
      rows: queryLines(),
      signal: controller.signal,
      permit: () => Promise.resolve(),
      onProgress: (one) => progress.push(one),
    });
    expect((await run.next()).done).toBe(false);
    expect((await run.next()).done).toBe(false);
    controller.abort(new Error('cancelled'));
    await expect(run.next()).rejects.toThrow('cancelled');
    expect(progress.at(-1)?.written).toBeGreaterThan(50);
    expect(progress.at(-1)?.written).toBeLessThan(1500);
  });

  it('tells how far it is', async () => {
    const events = Array.from({ length: 600 }, (_, i) => seen(`c-${i}`, 'e-1'));
    const staged = await indexedLog(events);
    const progress: ExportProgress[] = [];
    await exported(staged, 'kind:access', queryLines(), { progress });
    expect(progress.at(-1)).toEqual({ written: 600, read: 600 });
    const written = progress.map((one) => one.written);
    expect(written).toEqual([...written].sort((a, b) => a - b));
  });
});

describe("one person's view", () => {
  const events = [
    seen('c-1', 'e-1', {
      subjects: [
        { type: 'customer', id: 'c-1' },
        { type: 'customer', id: 'c-2' },
      ],
      reason: 'a call',
    }),
    seen('c-1', 'e-2', { onBehalfOf: { type: 'employee', id: 'e-3' } }),
    seen('c-1', 'c-1', { actor: { kind: 'customer', id: 'c-1' } }),
    seen('c-1', 'e-9', { confidential: true }),
  ];

  it('carries that person only: others neither by id, nor pseudonym, nor mention', async () => {
    const staged = await indexedLog(events);
    const person = { type: 'customer', id: 'c-1' };
    const view = { person, direction: 'subject', disclosed: () => false } as const;
    const table = await exported(staged, 'subject:customer:c-1', personTable(staged.log, view, TABLE));
    const lines = await exported(staged, 'subject:customer:c-1', personLines(staged.log, view, TABLE));
    for (const text of [table.toString(), lines.toString()])
      expect(text).not.toMatch(/c-2|e-\d|▪|ref|ptr|sealed/);
    const rows = lines
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(rows.map((row) => [row['involvement'], row['class'], row['actor_is_person']])).toEqual([
      [['target'], 'human', false],
      [['target'], 'human', false],
      [['target'], 'human', true],
    ]);
  });

  it('has what is confidential only where that was lifted', async () => {
    const staged = await indexedLog(events);
    const person = { type: 'customer', id: 'c-1' };
    const count = async (disclosed: (index: number) => boolean): Promise<number> => {
      const view = { person, direction: 'subject', disclosed } as const;
      const text = await exported(staged, 'subject:customer:c-1', personLines(staged.log, view, TABLE));
      return text.toString().trim().split('\n').length;
    };
    expect(await count(() => false)).toBe(3);
    expect(await count(() => true)).toBe(4);
  });

  it('of an employee says how many were concerned and not who', async () => {
    const staged = await indexedLog(events);
    const view = {
      person: { type: 'employee', id: 'e-1' },
      direction: 'actor',
      disclosed: () => false,
    } as const;
    const text = (
      await exported(staged, 'actor:employee:e-1', personTable(staged.log, view, TABLE))
    ).toString();
    const [head = [], row = []] = readCsv(text);
    expect(row[head.indexOf('subject_count')]).toBe('2');
    expect(row[head.indexOf('actor_is_person')]).toBe('true');
    expect(text).not.toMatch(/c-1|c-2|▪/);
  });
});
