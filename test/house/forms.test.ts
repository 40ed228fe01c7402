import { describe, expect, it } from 'vitest';
import { parseSource } from './lib/source.ts';
import { typescript } from './lib/tree.ts';
import { forms } from './rules/forms.ts';

const planted = (text: string, path = 'packages/log/src/a.ts'): readonly string[] =>
  forms([parseSource(path, text)]);

describe('forms', () => {
  it('hold in every file', () => {
    expect(forms(typescript())).toEqual([]);
  });

  it.each([
    `const x: any = 1;`,
    `const f = (x: readonly any[]) => x;`,
    `const x = 1 as any;`,
    `export default 1;`,
    `const a = 1; export { a as default };`,
    `const a = 1; export * from './b.ts';`,
    `export { a } from './b.ts'; export type { c } from './d.ts';`,
    `// TODO: later\nconst a = 1;`,
    `// @ts-ignore\nconst a = 1;`,
    `// oxlint-disable-next-line\nconst a = 1;`,
    `import { a } from './index.ts';`,
    `import { a } from './b.js';`,
    `import { a } from './b';`,
  ])('are broken by %s', (text) => {
    expect(planted(text)).toHaveLength(1);
  });

  it('are broken by a name that is not in kebab-case', () => {
    expect(planted('const a = 1;', 'packages/log/src/openLog.ts')).toHaveLength(1);
    expect(planted('const a = 1;', 'packages/log/src/open-log.ts')).toEqual([]);
    expect(planted('const a = 1;', 'packages/log/test/open-log.long.test.ts')).toEqual([]);
  });

  it('leave the index of a package alone', () => {
    expect(planted(`export { a } from './b.ts';`, 'packages/log/src/index.ts')).toEqual([]);
  });

  it('let a test look at the index', () => {
    expect(planted(`import { a } from '../src/index.ts';`, 'packages/log/test/a.test.ts')).toEqual([]);
  });
});
