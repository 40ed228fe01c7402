/** The specification's examples, tables and commands against the reference and the vectors. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FINDINGS, findingLevel } from '@zegel/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { b64, base64, fromHex, toHex, unb64, utf8 } from './reference/bytes.ts';
import { originHash } from './reference/check-chain.ts';
import { checkLog, type LogQuestion } from './reference/check-log.ts';
import { KINDS } from './reference/entry-rules.ts';
import { type JsonObject, parseCanonicalText } from './reference/json.ts';
import { isSigned, openCheckpoint, parseNote, parseVkey } from './reference/note.ts';
import { maskNumber, openingOf, refOf } from './reference/persons.ts';
import { leafHash, nodeHash, rootOf } from './reference/tree.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));
const spec = readFileSync(path('../docs/spec/format-v1.md'), 'utf8');
const worked = JSON.parse(readFileSync(path('../vectors/chain/worked.json'), 'utf8')) as LogQuestion;
const COMMON = ['id', 'index', 'kind', 'occurred', 'prev', 'recorded', 'source?', 'v'];

/** The fenced block whose language is followed by this name, without its last newline. */
function block(name: string): string {
  const found = new RegExp(`^\`\`\`[a-z]+ ${name}\\n([^]*?)\\n\`\`\`$`, 'm').exec(spec)?.[1];
  if (found === undefined) throw new Error(`the specification has no block ${name}`);
  return found;
}

/** First cells, in backticks, of the rows of the first table behind a heading. */
function firstCells(heading: string): readonly string[] {
  const from = spec.indexOf(`\n${heading}\n`);
  expect(from, heading).toBeGreaterThan(0);
  const rest = spec.slice(from + heading.length + 2);
  const section = rest.slice(0, rest.search(/^#/m));
  return [...section.matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1] ?? '');
}

function words(name: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    block(name)
      .split('\n')
      .map((line) => [line.slice(0, 11).trim(), line.slice(11).trim()]),
  );
}

const entries = [0, 1, 2].map((n) => block(`worked-entry-${n}`));
const leaves = entries.map((entry) => leafHash(utf8(entry)));

describe('the worked log', () => {
  it('is that of the vector', () => {
    expect(entries).toEqual(worked.log.entries);
    expect([`${block('worked-checkpoint')}\n`]).toEqual(worked.log.checkpoints);
    expect(checkLog(worked)).toEqual([]);
  });

  it('has the lengths and hashes that are written', () => {
    for (const entry of entries) expect(spec).toContain(`${utf8(entry).length} bytes`);
    expect(block('worked-leaves')).toBe(leaves.map((leaf, n) => `${n} ${toHex(leaf)}`).join('\n'));
    const [first, second] = leaves;
    const node = nodeHash(first ?? new Uint8Array(), second ?? new Uint8Array());
    const ends = block('worked-tree')
      .split('\n')
      .map((line) => line.split(' ').at(-1));
    expect(ends).toEqual([toHex(node), toHex(rootOf(leaves))]);
  });

  it('is chained', () => {
    const objects = entries.map((entry) => parseCanonicalText(entry) as JsonObject);
    const prevs = [originHash('vectors.example/log'), ...leaves.slice(0, 2).map(b64)];
    expect(objects.map(({ prev }) => prev)).toEqual(prevs);
    expect(spec).toContain(`The \`prev\` of entry 2 is \`${prevs[2]}\``);
    expect(objects[1]?.['control']).toEqual({ index: 0, leaf: prevs[1] });
  });

  it('is signed', () => {
    const { vkey } = parseCanonicalText(entries[0] ?? '') as { readonly vkey: string };
    const key = parseVkey(vkey);
    const head = openCheckpoint(`${block('worked-checkpoint')}\n`, key === undefined ? [] : [key]);
    expect(head).toEqual({ origin: 'vectors.example/log', size: 3, root: rootOf(leaves) });
  });

  it('is one segment', () => {
    const { vkey } = parseCanonicalText(entries[0] ?? '') as { readonly vkey: string };
    const { text, lines } = parseNote(`${block('worked-segment')}\n`);
    const about = ['zegel/segment/v1', 'vectors.example/log', 0, entries.length];
    const hashes = [originHash('vectors.example/log'), base64(rootOf(leaves))];
    expect(text).toBe([...about, ...hashes, ''].join('\n'));
    const [signed, key] = [lines[0]?.signature ?? new Uint8Array(), parseVkey(vkey)];
    expect(key !== undefined && isSigned(key, utf8(text), signed)).toBe(true);
    const lengths = entries.map((entry) => utf8(entry).length);
    const plain = lengths.reduce((sum, length) => sum + 2 + length, 1);
    expect(spec).toContain(
      `1 + ${lengths.map((length) => `(2 + ${length})`).join(' + ')} = ${plain.toLocaleString('en')} bytes`,
    );
  });

  it('mentions the customer that is written', () => {
    const {
      salt = '',
      number = '',
      'pointer key': pointerKey = '',
      opening,
      ref,
      ptr,
    } = words('worked-mention');
    const { id, subjects } = parseCanonicalText(entries[2] ?? '') as JsonObject & { readonly id: string };
    const entryId = fromHex(id.replaceAll('-', ''));
    const open = openingOf(fromHex(salt), entryId, 2);
    expect(opening).toBe(toHex(open));
    expect(ref).toBe(refOf(open, { type: 'customer', id: 'c-1001' }));
    expect(toHex(unb64(ptr ?? ''))).toBe(toHex(maskNumber(fromHex(number), fromHex(pointerKey), entryId, 2)));
    expect(subjects).toEqual([{ involvement: 'target', ptr, ref }]);
  });
});

describe.skipIf(spawnSync('sha256sum', ['--version']).status !== 0)('the commands', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zegel-spec-'));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  function output(texts: readonly string[]): string {
    for (const [n, text] of texts.entries()) writeFileSync(join(folder, `entry-${n}`), text);
    const printed = execFileSync('sh', ['-c', block('worked-check')], {
      cwd: folder,
      encoding: 'utf8',
      timeout: 20_000,
    });
    return printed.trim();
  }

  it('print what is written', () => {
    expect(output(entries)).toBe(block('worked-output'));
  });

  it('find a changed entry', () => {
    const changed = entries.map((entry, n) => (n === 1 ? entry.replace('P10Y', 'P99Y') : entry));
    expect(output(changed)).toContain('entry 2: prev is BROKEN');
  });
});

describe('the tables', () => {
  it.each(Object.keys(KINDS))('have the keys of %s', (kind) => {
    expect(firstCells(`### \`${kind}\``).toSorted()).toEqual(Object.keys(KINDS[kind] ?? {}).toSorted());
  });

  it('have the common keys', () => {
    expect(firstCells('### 3.2 Common keys').toSorted()).toEqual(COMMON);
  });

  it('have every finding, and say which are no failures', () => {
    const verification = spec.slice(spec.indexOf('\n## 16.'), spec.indexOf('\n## 17.'));
    const rows = [...verification.matchAll(/^\| `([a-z-]+)` \| ([^|]*)/gm)].map(
      ([, code = '', when = '']) => [code, when] as const,
    );
    expect(rows.map(([code]) => code).toSorted()).toEqual(Object.keys(FINDINGS).toSorted());
    for (const [code, when] of rows) {
      const level = when.startsWith('warning')
        ? 'warning'
        : when.startsWith('claimed lawful')
          ? 'claimed-lawful'
          : 'failure';
      expect(findingLevel(code as keyof typeof FINDINGS), code).toBe(level);
    }
  });
});
