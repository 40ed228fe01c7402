import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../src/index.ts';

const SIGNS = '=+-@|%＝＋－＠'.split('');
const FORMULA = /^\s*[=+\-@|%＝＋－＠]/;

/** What is in the cells of one record, read back as RFC 4180. */
const back = (cells: readonly string[]): string[] => read(csvLine(cells), ',')[0] ?? [];

describe('a cell of a CSV', () => {
  it.each(SIGNS)('is no formula by %s, alone or after blanks', (sign) => {
    for (const cell of [`${sign}1+1`, ` ${sign}1`, `\u00A0${sign}1`, `\uFEFF${sign}1`, sign])
      expect(back(['7', cell])).toEqual(['7', `'${cell}`]);
  });

  it.each(['\t', '\r', '\n'])('does not begin with %j', (blank) => {
    expect(back([`${blank}x`, 'y'])).toEqual([`'${blank}x`, 'y']);
  });

  it.each([
    ['a;=1', "a;'=1"],
    ['a; ＝1', "a; '＝1"],
    ['a\n@1', "a\n'@1"],
    ['a\r\n\t"-1', 'a\r\n\t"\'-1'],
    [';=1;=2', ";'=1;'=2"],
  ])('has no formula within, for who divides otherwise: %j', (cell, expected) => {
    expect(back(['7', cell])).toEqual(['7', expected]);
  });

  it.each([
    [['a', '', 'b,c', 'd"e"', 'f\r\ng', ' h ', "'i", 'j;k', '"', ',']],
    [['a=1', '2026-11-22 13:00:00', 'customer:c-1 (target); customer:c-2 (shown)', 'a, -5', '１']],
  ])('is otherwise as it was: %j', (cells) => {
    expect(back(cells)).toEqual(cells);
  });

  it.each([',', ';', '\t'])('is no formula for a spreadsheet that divides by %j', (separator) => {
    const text = fc.string({
      unit: fc.constantFrom(...SIGNS, ...'",;\t\r\n \'a1\uFEFF'.split('')),
      maxLength: 12,
    });
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { maxLength: 3 }), (records) => {
        const lines = records.map((cells) => csvLine(['7', ...cells])).join('');
        for (const cell of read(lines, separator).flat()) expect(cell).not.toMatch(FORMULA);
      }),
      { numRuns: 5000 },
    );
  });
});

/** Reads as spreadsheets do: a quote counts at the beginning of a cell, and what follows the closing one belongs to it. */
function read(text: string, separator: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let at = 0;
  while (at < text.length) {
    const quoted = /^"((?:[^"]|"")*)(?:"|$)/.exec(text.slice(at));
    at += quoted?.[0].length ?? 0;
    const rest = text.slice(at).search(separator === ',' ? /,|\r\n/ : new RegExp(`${separator}|\r\n|\n|\r`));
    const end = rest < 0 ? text.length : at + rest;
    record.push((quoted?.[1] ?? '').replaceAll('""', '"') + text.slice(at, end));
    at = end + (text.startsWith('\r\n', end) ? 2 : 1);
    if (text[end] === separator) continue;
    records.push(record);
    record = [];
  }
  return records;
}
