import { describe, expect, it } from 'vitest';
import { parseSource } from './lib/source.ts';
import { typescript } from './lib/tree.ts';
import { cycles } from './rules/cycles.ts';
import { layers } from './rules/layers.ts';
import { libraries } from './rules/libraries.ts';

const tree = typescript();

describe('who may import whom', () => {
  it('holds in every file', () => {
    expect(layers(tree)).toEqual([]);
  });

  it.each([
    ['packages/core/src/a.ts', `import { openLog } from '@zegel/log';`],
    ['packages/log/src/a.ts', `import { openStore } from '@zegel/store-sqlite';`],
    ['packages/log/src/a.ts', `await import('@zegel/store-sqlite');`],
    ['packages/log/src/a.ts', `export const load = (name: string) => import(name);`],
    ['packages/log/src/a.ts', `export { search } from '@zegel/search';`],
    ['packages/log/src/a.ts', `import { sha256 } from '../../core/src/crypto.ts';`],
    ['packages/log/src/a.ts', `import { sha256 } from '@zegel/core/src/crypto.ts';`],
    ['packages/log/src/a.ts', `import { openLog } from '@zegel/log';`],
    ['packages/log/src/a.ts', `import { fixture } from '../test/fixture.ts';`],
    ['packages/store-sqlite/src/a.ts', `import { openLog } from '@zegel/log';`],
    ['packages/store-sqlite/src/a.ts', `import { type LogStore, port } from '@zegel/log/port';`],
    ['packages/hono/src/a.ts', `import { openStore } from '@zegel/store-sqlite';`],
    ['packages/search/src/a.ts', `import { memoryStore } from '@zegel/testkit';`],
    ['packages/hono/src/a.ts', `import { app } from '@zegel/viewer';`],
    ['packages/cli/src/a.ts', `import { app } from '../../../apps/viewer/src/app.ts';`],
    ['packages/unheard-of/src/a.ts', `import { sha256 } from '@zegel/core';`],
    ['packages/log/test/a.test.ts', `import { sha256 } from '../../core/src/crypto.ts';`],
    ['packages/log/test/a.test.ts', `import { openLog } from '@zegel/log';`],
    ['test/a.test.ts', `import { sha256 } from '../packages/core/src/crypto.ts';`],
  ])('is broken by %s with %s', (path, text) => {
    expect(layers([parseSource(path, text)])).toHaveLength(1);
  });

  it.each([
    ['packages/log/src/a.ts', `import { sha256 } from '@zegel/core'; import { b } from './b.ts';`],
    ['packages/log/src/stores.ts', `export const load = (name: string) => import(name);`],
    ['packages/store-sqlite/src/a.ts', `import type { LogStore } from '@zegel/log/port';`],
    [
      'packages/store-sqlite/test/a.test.ts',
      `import { suite } from '@zegel/testkit'; import { a } from '../src/a.ts';`,
    ],
    ['packages/log/test/other-main.ts', `import { openLog } from '@zegel/log';`],
    ['packages/cli/src/a.ts', `import { openStore } from '@zegel/store-sqlite';`],
    ['packages/cli/src/a.ts', `import { serve } from '@zegel/viewer';`],
  ])('allows %s with %s', (path, text) => {
    expect(layers([parseSource(path, text)])).toEqual([]);
  });
});

describe('libraries with a place of their own', () => {
  it('are imported nowhere else', () => {
    expect(libraries(tree)).toEqual([]);
  });

  it.each([
    ['packages/core/src/note.ts', `import { sign } from 'node:crypto';`],
    ['packages/core/src/a.ts', `import { randomBytes } from 'node:crypto';`],
    ['packages/log/src/a.ts', `import { createHash } from 'node:crypto';`],
    ['packages/log/src/a.ts', `import crypto from 'node:crypto';`],
    ['packages/log/src/a.ts', `import { hash, randomBytes } from 'crypto';`],
    ['packages/log/src/vault/a.ts', `import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';`],
    ['packages/log/src/commit.ts', `import Database from 'better-sqlite3';`],
    ['packages/cli/src/a.ts', `import Database from 'better-sqlite3';`],
    ['packages/store-sqlite/src/a.ts', `import { DatabaseSync } from 'node:sqlite';`],
    ['packages/core/src/a.ts', `import { RoaringBitmap32 } from 'roaring-wasm';`],
    ['packages/log/src/a.ts', `import { expect } from 'vitest';`],
  ])('are misplaced in %s with %s', (path, text) => {
    expect(libraries([parseSource(path, text)])).toHaveLength(1);
  });

  it.each([
    [
      'packages/core/src/crypto.ts',
      `import { hash } from 'node:crypto'; import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';`,
    ],
    ['packages/log/src/a.ts', `import { randomFillSync } from 'node:crypto';`],
    ['packages/log/src/vault/a.ts', `import Database from 'better-sqlite3';`],
    ['packages/log/src/a.ts', `import type Database from 'better-sqlite3';`],
  ])('are at home in %s with %s', (path, text) => {
    expect(libraries([parseSource(path, text)])).toEqual([]);
  });
});

describe('cycles', () => {
  it('are nowhere', () => {
    expect(cycles(tree)).toEqual([]);
  });

  it('are found over three files', () => {
    const three = [
      parseSource('packages/log/src/a.ts', `import { b } from './deep/b.ts';`),
      parseSource('packages/log/src/deep/b.ts', `export { c } from '../c.ts';`),
      parseSource('packages/log/src/c.ts', `import { a } from './a.ts';`),
    ];
    expect(cycles(three)).toHaveLength(1);
    expect(cycles(three.slice(1))).toEqual([]);
  });

  it('leave types alone', () => {
    const two = [
      parseSource('packages/log/src/a.ts', `import type { B } from './b.ts';`),
      parseSource('packages/log/src/b.ts', `import { a } from './a.ts';`),
    ];
    expect(cycles(two)).toEqual([]);
  });
});
