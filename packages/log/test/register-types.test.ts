import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { builtinRegister } from '../src/register/builtin.ts';
import { registerTypes } from '../src/register/type-text.ts';
import type { RegisterDocument } from '../src/register/types.ts';
import { sample } from './register-sample.ts';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'zegel-types-'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
afterAll(() => rmSync(folder, { recursive: true }));

/** What the compiler says of these files under the strictest options; empty when it is content. */
function compile(files: readonly string[]): string {
  const config = join(folder, 'tsconfig.json');
  const source = (path: string): string[] => [join(root, 'packages', path)];
  const compilerOptions = {
    noEmit: true,
    composite: false,
    declaration: false,
    declarationMap: false,
    isolatedDeclarations: false,
    noUnusedLocals: false,
    rewriteRelativeImportExtensions: false,
    allowImportingTsExtensions: true,
    incremental: false,
    typeRoots: [join(root, 'node_modules/@types')],
    paths: { '@zegel/log': [join(folder, 'log.ts')], '@zegel/core': source('core/src/index.ts') },
  };
  const infer = join(root, 'packages/log/src/register');
  writeFileSync(
    join(folder, 'log.ts'),
    `export * from '${infer}/infer.ts';\nexport * from '${infer}/types.ts';\n`,
  );
  writeFileSync(
    config,
    JSON.stringify({ extends: join(root, 'tsconfig.base.json'), compilerOptions, files }),
  );
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', config], { encoding: 'utf8', cwd: root });
    return '';
  } catch (error) {
    return String((error as { stdout?: unknown }).stdout);
  }
}

/** Compiles what `registerTypes` gives, with `use` after it; lines of errors. */
function compileTypes(document: RegisterDocument, use: string): string {
  const generated = join(folder, 'register.types.ts');
  const using = join(folder, 'use.ts');
  writeFileSync(generated, registerTypes(document));
  writeFileSync(using, `import type * as T from './register.types.ts';\n${use}`);
  return compile([generated, using]);
}

const EVENT = `action: 'read', activity: 'orders', actor: { kind: 'system', id: 's' }, subjects: [], service: 'shop'`;

describe('types', () => {
  test('a wrong name in defineRegister or in an event does not compile', () => {
    expect(compile([join(import.meta.dirname, 'register-define.types.ts')])).toBe('');
  });

  test('registerTypes gives types that take right names', () => {
    const use = `export const e: T.Event = { ${EVENT}, fields: ['price'], recipient: 'delivery' };
export const f: T.Field = 'email'; export const a: T.Activity = 'newsletter'; export const r: T.Role = 'planner';
export const p: T.Person = 'customer'; export const to: T.Recipient = 'police';\n`;
    expect(compileTypes(sample, use)).toBe('');
  });

  test.each([
    ['a field of another activity', `export const e: T.Event = { ${EVENT}, fields: ['email'] };`],
    ['an unknown recipient', `export const e: T.Event = { ${EVENT}, fields: [], recipient: 'police' };`],
    ['an unknown activity', `export const a: T.Activity = 'order';`],
    ['an unknown role', `export const r: T.Role = 'boss';`],
  ])('registerTypes gives types that refuse %s', (_, use) => {
    expect(compileTypes(sample, use)).toMatch(/^\S*use\.ts\(2,\d+\): error TS2(?:322|820):/m);
  });

  test('registerTypes of a register of wildcards takes any name', () => {
    const use = `export const e: T.Event = { action: 'read', activity: 'general', actor: { kind: 'system', id: 's', role: 'x' },
  subjects: [{ type: 'y', id: '1' }], fields: ['z'], service: 'shop', recipient: 'q' };\n`;
    expect(compileTypes(builtinRegister, use)).toBe('');
  });

  test('a name of the controller can’t break out of its comment', () => {
    const controller = { ...sample.controller, name: 'X\u2028export const broken = 1;\n*/ syntax error' };
    expect(compileTypes({ ...sample, controller }, '')).toBe('');
  });
});
