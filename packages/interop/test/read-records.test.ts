import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type ReadOptions, readRecords } from '../src/read/read-records.ts';
import { collect, streamOf } from './shared.ts';

type Limits = NonNullable<ReadOptions['limits']>;

async function read(
  bytes: Uint8Array | string,
  name = 'file.json',
  limits: Limits = {},
  size = 7,
): Promise<readonly unknown[]> {
  return collect(readRecords(streamOf(bytes, size), { format: 'cloudtrail', name, limits }));
}

const record = (value: unknown, place: object = {}): unknown => ({ kind: 'record', record: value, ...place });
const error = (reason: string, line?: number): unknown => ({
  kind: 'error',
  reason,
  ...(line === undefined ? {} : { line }),
});

const A = { a: 1 };
const B = { b: '}{' };

describe('layouts', () => {
  it('reads one document, also over many lines', async () => {
    expect(await read(JSON.stringify(A))).toEqual([record(A)]);
    expect(await read(`${JSON.stringify(A, null, 2)}\n\n`)).toEqual([record(A)]);
    expect(await read('{"x":\n{"y":[\n{"z":1},\n{"z":2}]}}')).toEqual([
      record({ x: { y: [{ z: 1 }, { z: 2 }] } }),
    ]);
  });

  it('reads a list, Records and a Bundle', async () => {
    const both = [record(A, { item: 1 }), record(B, { item: 2 })];
    expect(await read(JSON.stringify([A, B]))).toEqual(both);
    expect(await read(JSON.stringify({ Records: [A, B] }, null, 1))).toEqual(both);
    expect(await read('{"Records":[]}')).toEqual([]);
    expect(await read('{"Records":7}')).toEqual([error('Records is not a list')]);
  });

  it('reads lines, by their look or their name, and skips blank ones', async () => {
    const lines = `${JSON.stringify(A)}\r\n\r\n${JSON.stringify(B)}\n`;
    const both = [record(A, { line: 1 }), record(B, { line: 3 })];
    expect(await read(lines)).toEqual(both);
    expect(await read(lines, 'f.NDJSON')).toEqual(both);
    expect(await read(JSON.stringify(A), 'f.jsonl')).toEqual([record(A, { line: 1 })]);
  });

  it('reads lists and wrappers on lines', async () => {
    const lines = `${JSON.stringify({ Records: [A] })}\n${JSON.stringify([B])}\n`;
    expect(await read(lines)).toEqual([record(A, { line: 1, item: 1 }), record(B, { line: 2, item: 1 })]);
  });

  it.each([1, 2, 3, 5, 64])('reads the same in chunks of %i', async (size) => {
    const lines = `\n${JSON.stringify(A)}\n{"broken\n${JSON.stringify({ ü: '€' })}\n`;
    expect(await read(lines, 'f', {}, size)).toEqual([
      record(A, { line: 2 }),
      error('truncated JSON', 3),
      record({ ü: '€' }, { line: 4 }),
    ]);
  });

  it('reads gzip by its first bytes, in several members too', async () => {
    const zipped = Buffer.concat([gzipSync(`${JSON.stringify(A)}\n`), gzipSync(JSON.stringify(B))]);
    expect(await read(zipped, 'plain-name', {}, 1)).toEqual([record(A, { line: 1 }), record(B, { line: 2 })]);
  });

  it('ignores a byte order mark at the start', async () => {
    expect(await read(`\uFEFF${JSON.stringify(A)}`, 'f', {}, 1)).toEqual([record(A)]);
    expect(await read(`\uFEFF${JSON.stringify(A)}\n${JSON.stringify(B)}`)).toHaveLength(2);
    expect(await read(`${JSON.stringify(A)}\n\uFEFF${JSON.stringify(B)}`)).toEqual([
      record(A, { line: 1 }),
      expect.objectContaining({ kind: 'error', line: 2 }),
    ]);
  });
});

describe('bad input: one error, and nothing of the rest is lost', () => {
  const good = JSON.stringify(A);

  it.each([
    ['nothing', '', 'empty file'],
    ['white space', ' \n\t\r\n', 'empty file'],
    ['a mark alone', '\uFEFF', 'empty file'],
    ['cut off', '{"a":', 'truncated JSON'],
    ['cut off in a string', '{"a":"x', 'truncated JSON'],
    ['cut off over lines', '{\n  "a": [\n', 'truncated JSON'],
    ['malformed', '{"a":1,}', 'malformed JSON at character 8'],
    ['text', 'name;value\nJan;1\nPiet;2', 'malformed JSON'],
    ['XML', '<AuditEvent/>', 'XML or HTML, not JSON'],
    ['100,000 lists deep', '['.repeat(100_000), 'nested deeper than 128'],
    ['100,000 deep and closed', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'nested deeper than 128'],
    ['100,000 objects deep', '{"a":'.repeat(100_000), 'nested deeper than 128'],
    ['100,000 deep over lines', '[\n'.repeat(100_000), 'nested deeper than 128'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not UTF-8'],
    ['UTF-16', Buffer.from('\uFEFF{}', 'utf16le'), 'UTF-16, not UTF-8'],
    ['a document with a rest', '{"x":\n{"y":1}}\nrest\nrest', 'malformed JSON'],
    ['a broken list of lines', '[\n{"a":1},\n{"b":2}\n', 'malformed JSON'],
  ])('%s', async (_, bytes, reason) => {
    const result = await read(bytes, 'f', {}, 4096);
    expect(result).toHaveLength(1);
    expect(result[0]).toMatchObject({
      kind: 'error',
      reason: expect.stringContaining(reason.split(' at ')[0] ?? '') as unknown,
    });
  });

  it.each([
    ['cut off', '{"a":'],
    ['cut off after a comma', '{"a":1,'],
    ['cut off in a string', '{"a":"x'],
    ['text', 'Jan;1'],
    ['too deep', '['.repeat(100_000)],
    ['a second value', '{} {}'],
    ['a bracket too many', '{"a":1}}'],
  ])('%s as the first line of lines', async (_, bad) => {
    const result = await read(`${bad}\n${good}\n${good}\n`, 'f', {}, 4096);
    expect(result).toEqual([
      expect.objectContaining({ kind: 'error', line: 1 }),
      record(A, { line: 2 }),
      record(A, { line: 3 }),
    ]);
  });

  it('bad lines in the middle and at the end', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${good}\n`),
      Buffer.from([0xc3, 0x28, 0x0a]),
      Buffer.from(`${'['.repeat(100_000)}\n${good}\n{"a"`),
    ]);
    expect(await read(bytes)).toEqual([
      record(A, { line: 1 }),
      error('not UTF-8', 2),
      error('nested deeper than 128', 3),
      record(A, { line: 4 }),
      expect.objectContaining({ kind: 'error', line: 5 }),
    ]);
  });

  it('says nothing of what stands in a bad line', async () => {
    const result = await read(`{"name":"Jan de Vries"\u0001}`);
    expect(JSON.stringify(result)).not.toContain('Jan');
  });

  it('a truncated gzip keeps the whole lines before, and nothing of a document', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => JSON.stringify({ i, s: `${Math.sin(i)}` }));
    const zipped = gzipSync(lines.join('\n'));
    const result = await read(zipped.subarray(0, zipped.length / 2), 'f', {}, 4096);
    const last = result.at(-1);
    expect(result.length).toBeGreaterThan(5_000);
    expect(result.slice(0, -1)).toEqual(
      result.slice(0, -1).map((_, i) => record(JSON.parse(lines[i] ?? ''), { line: i + 1 })),
    );
    expect(last).toEqual(error('truncated gzip', result.length));
    const document = gzipSync(`[${lines.join(',')}]`);
    expect(await read(document.subarray(0, -9), 'f', {}, 4096)).toEqual([error('truncated gzip')]);
  });

  it('a broken gzip, a bare header and bytes after the end', async () => {
    const zipped = gzipSync(good);
    const flipped = Buffer.from(zipped);
    flipped[flipped.length - 6] = (flipped[flipped.length - 6] ?? 0) ^ 1;
    expect(await read(flipped)).toEqual([
      expect.objectContaining({ reason: expect.stringContaining('broken gzip') as unknown }),
    ]);
    expect(await read(Buffer.from([0x1f, 0x8b]))).toEqual([error('truncated gzip')]);
    for (const size of [1, 7, 4096]) {
      const trailed = await read(Buffer.concat([zipped, Buffer.from('junkjunk')]), 'f', {}, size);
      expect(trailed).toEqual([
        expect.objectContaining({ kind: 'error', reason: expect.stringMatching(/gzip/) as unknown }),
      ]);
    }
  });
});

describe('limits', () => {
  it('a document and a line that are too long', async () => {
    const long = JSON.stringify({ s: 'x'.repeat(100) });
    expect(await read(long, 'f', { documentBytes: 50 })).toEqual([error('a document of more than 50 bytes')]);
    expect(await read(`${JSON.stringify(A)}\n${long}\n${JSON.stringify(B)}`, 'f', { lineBytes: 50 })).toEqual(
      [record(A, { line: 1 }), error('a line of more than 50 bytes', 2), record(B, { line: 3 })],
    );
  });

  it('gzip that unfolds without end', async () => {
    const bomb = gzipSync(Buffer.alloc(4_000_000, 0x20));
    expect(await read(bomb, 'f.json.gz', { documentBytes: 100_000 }, 64)).toEqual([
      expect.objectContaining({
        reason: expect.stringMatching(/unfolds to more than 200 times|more than 100000 bytes/) as unknown,
      }),
    ]);
    expect(await read(bomb, 'f.ndjson.gz', { documentBytes: 100_000, lineBytes: 1_000 }, 64)).toEqual([
      error('gzip that unfolds to more than 200 times its size and 100000 bytes', 1),
    ]);
  });

  it('closes its source when the reader turns away, and lets its errors through', async () => {
    let isClosed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('{}\n');
      } finally {
        isClosed = true;
      }
    }
    for await (const one of readRecords(source(), { format: 'fhir', name: 'f' }))
      if (one.kind === 'record') break;
    expect(isClosed).toBe(true);
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{}\n{}\n');
      throw new Error('disk');
    }
    await expect(collect(readRecords(failing(), { format: 'fhir', name: 'f' }))).rejects.toThrow('disk');
  });
});
