import { describe, expect, it } from 'vitest';
import { parseSource } from './lib/source.ts';
import { typescript } from './lib/tree.ts';
import { purity } from './rules/purity.ts';

const inCore = (text: string, file = 'a.ts'): readonly string[] =>
  purity([parseSource(`packages/core/src/${file}`, text)]);

describe('core is pure', () => {
  it('in every file', () => {
    expect(purity(typescript())).toEqual([]);
  });

  it.each([
    `import { readFileSync } from 'node:fs';`,
    `import { connect } from 'node:net';`,
    `import { hash } from 'node:crypto';`,
    `import type { Database } from 'better-sqlite3';`,
    `export const load = (name: string) => import(name);`,
    `const now = Date.now();`,
    `const now = new Date();`,
    `const x = Math.random();`,
    `const home = process.env;`,
    `console.log(1);`,
    `setTimeout(() => 1, 2);`,
    `const f = [setTimeout];`,
    `const f = { fetch };`,
    `const x = globalThis.Date;`,
    `crypto.getRandomValues(new Uint8Array(1));`,
  ])('is broken by %s', (text) => {
    expect(inCore(text)).toHaveLength(1);
  });

  it('is broken by randomness in crypto.ts, too', () => {
    expect(inCore(`import { randomBytes } from 'node:crypto';`, 'crypto.ts')).not.toEqual([]);
  });

  it.each([
    `const day = new Date(0).toISOString();`,
    `const day = Date.UTC(2026, 1);`,
    `const event = { process: 1, fetch: 2 }; event.process;`,
    `import { a } from './b.ts';`,
  ])('allows %s', (text) => {
    expect(inCore(text)).toEqual([]);
  });

  it('asks nothing of other packages', () => {
    expect(purity([parseSource('packages/log/src/a.ts', 'console.log(Date.now())')])).toEqual([]);
  });
});
