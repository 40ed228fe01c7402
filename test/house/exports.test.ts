import { describe, expect, it } from 'vitest';
import { currentExports, exportedNames, PINNED } from './lib/exports.ts';
import { parseSource } from './lib/source.ts';
import { read } from './lib/tree.ts';

describe('public exports', () => {
  it('are the pinned ones; `npm run pin-exports` after a change that is meant', () => {
    expect(currentExports()).toEqual(JSON.parse(read(PINNED)));
  });

  it('have an entry point each', () => {
    const missing = Object.entries(currentExports()).filter(
      ([, names]) => names[0]?.startsWith('missing file') !== false,
    );
    expect(missing).toEqual([]);
  });

  it('are read from every form of export', () => {
    const text = `export { a, type B } from './x.ts'; export type { C } from './y.ts'; export const d = 1, e = 2;
      export function f() {} export class G {} export interface H {} export { i as j }; const i = 1;`;
    const names = exportedNames(parseSource('packages/log/src/index.ts', text));
    expect(names).toEqual(['B (type)', 'C (type)', 'G', 'H (type)', 'a', 'd', 'e', 'f', 'j']);
  });
});
