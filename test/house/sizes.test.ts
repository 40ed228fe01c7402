import { describe, expect, it } from 'vitest';
import { parseSource, type Source } from './lib/source.ts';
import { typescript } from './lib/tree.ts';
import { functionsOf, LIMITS, median, sizes } from './rules/sizes.ts';

const source = (text: string, path = 'packages/log/src/a.ts'): Source => parseSource(path, text);
const lines = (count: number): string => 'x();\n'.repeat(count);
const nested = (depth: number): string => `${'if (a) {'.repeat(depth)}${'}'.repeat(depth)}`;

describe('sizes', () => {
  it('hold in every file', () => {
    expect(sizes(typescript())).toEqual([]);
  });

  it('find a file that is too long', () => {
    const small = [source('x();'), source('x();')];
    expect(sizes([...small, source(lines(LIMITS.fileLines))])).toEqual([]);
    expect(sizes([...small, source(lines(LIMITS.fileLines + 1))])).toEqual([
      'packages/log/src/a.ts has 251 lines',
    ]);
    expect(sizes([...small, source(lines(999), 'packages/log/test/a.test.ts')])).toEqual([]);
  });

  it('find a median that is too high', () => {
    const long = source(lines(LIMITS.fileMedian + 1));
    expect(sizes([long, long, source('x();')])).toEqual(['median of the lines of a file is 71, over 70']);
    const wordy = source(`function f() {\n${lines(10)}}`);
    expect(sizes([wordy])).toEqual(['median of the lines of a function is 12, over 10']);
  });

  it.each([
    ['function f() {', '}'],
    ['const f = () => {', '};'],
    ['const f = { m() {', '} };'],
    ['class C { m() {', '} }'],
  ])('find a function that is too long: %s', (open, close) => {
    const small = source('function f() {}\nfunction g() {}');
    expect(sizes([small, source(`${open}\n${lines(68)}${close}`)])).toEqual([]);
    expect(sizes([small, source(`${open}\n${lines(69)}${close}`)])).toEqual([
      'packages/log/src/a.ts:1 function of 71 lines',
    ]);
  });

  it('find nesting that is too deep', () => {
    expect(sizes([source(`function f() { ${nested(4)} }`)])).toEqual([]);
    expect(sizes([source(`function f() { ${nested(5)} }`)])).toEqual([
      'packages/log/src/a.ts:1 nesting of 5',
    ]);
    expect(functionsOf(source('function f() { if (a) {} else if (b) {} else if (c) {} }'))[0]?.depth).toBe(1);
    expect(
      functionsOf(source('function f() { for (;;) { try { while (a) {} } finally {} } }'))[0]?.depth,
    ).toBe(3);
    expect(functionsOf(source('function f() { if (a) { const g = () => { if (b) {} }; } }'))[0]?.depth).toBe(
      1,
    );
  });

  it('know a median', () => {
    expect(median([])).toBe(0);
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2);
  });
});
