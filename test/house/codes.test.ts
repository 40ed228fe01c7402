import { describe, expect, it } from 'vitest';
import { parseSource } from './lib/source.ts';
import { read, typescript } from './lib/tree.ts';
import { codesOf, difference, documented } from './rules/codes.ts';

const codes = codesOf(typescript());
const planted = (text: string) => codesOf([parseSource('packages/log/src/a.ts', text)]);

describe('codes of errors and findings', () => {
  it('are literal in every class', () => {
    expect(codes.problems).toEqual([]);
    expect(codes.errors.size).toBeGreaterThan(5);
    expect(codes.findings.size).toBeGreaterThan(30);
  });

  it('are listed in docs/errors.md, all of them and no others', () => {
    expect(
      difference(new Set([...codes.errors, ...codes.findings]), documented(read('docs/errors.md'))),
    ).toEqual([]);
  });

  it.each([
    [`class AError extends ZegelError { readonly code = 'A_B' as const; }`, ['A_B']],
    [`class AError extends ZegelError { readonly code: 'A' | 'B'; }`, ['A', 'B']],
    [`type Code = 'A' | 'B'; class AError extends ZegelError { override readonly code: Code; }`, ['A', 'B']],
    [`class AError extends LogError { override readonly code = 'A' as const; }`, ['A']],
  ])('are read from %s', (text, expected) => {
    expect([...planted(text).errors]).toEqual(expected);
    expect(planted(text).problems).toEqual([]);
  });

  it.each([
    `class AError extends ZegelError {}`,
    `class AError extends ZegelError { readonly code: string; }`,
    `class AError extends ZegelError { readonly code = 'lower' as const; }`,
  ])('are missing or wrong in %s', (text) => {
    expect(planted(text).problems).toHaveLength(1);
  });

  it('of findings are the literals of their union', () => {
    const text = `export type FindingCode = 'leaf-hash' | 'malformed'; type Other = 'else';`;
    expect([...planted(text).findings]).toEqual(['leaf-hash', 'malformed']);
  });

  it('differ when one is added on either side', () => {
    const document = documented('| `A` | text |\n| `leaf-hash` | text |\n`C` | no row |');
    expect(difference(new Set(['A', 'leaf-hash']), document)).toEqual([]);
    expect(difference(new Set(['A', 'leaf-hash', 'B']), document)).toEqual(['B is not documented']);
    expect(difference(new Set(['A']), document)).toHaveLength(1);
  });
});
