import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { builtinRegister } from '../src/register/builtin.ts';
import { parseRegister } from '../src/register/parse.ts';
import { registerTypes } from '../src/register/type-text.ts';
import type { RegisterDocument } from '../src/register/types.ts';
import { sample } from './register-sample.ts';

const here = import.meta.dirname;
const root = resolve(here, '../../..');
const source = resolve(here, '../src/register');
const folder = mkdtempSync(join(tmpdir(), 'zegel-types-'));
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
writeFileSync(
  join(folder, 'log.ts'),
  `export * from '${source}/infer.ts';\nexport * from '${source}/types.ts';\n`,
);
afterAll(() => rmSync(folder, { recursive: true }));

const compilerOptions = {
  noEmit: true,
  composite: false,
  declaration: false,
  declarationMap: false,
  isolatedDeclarations: false,
  noUnusedLocals: false,
  rewriteRelativeImportExtensions: false,
  allowImportingTsExtensions: true,
  typeRoots: [join(root, 'node_modules/@types')],
  paths: {
    '@zegel/log': [join(folder, 'log.ts')],
    '@zegel/core': [join(root, 'packages/core/src/index.ts')],
  },
};

/** What the compiler says of these files under the strictest options; empty when it is content. */
function compile(...files: readonly string[]): string {
  const config = { extends: join(root, 'tsconfig.base.json'), compilerOptions, files };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  try {
    return execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], {
      encoding: 'utf8',
      cwd: folder,
    });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error) return String(error.stdout);
    throw error;
  }
}

/** What the compiler says of lines of TypeScript: the numbers of those with an error, from 0. */
function wrongLines(name: string, head: string, lines: readonly string[]): readonly number[] {
  writeFileSync(join(folder, name), [head, ...lines, ''].join('\n'));
  const errors = compile(join(folder, name)).matchAll(/^(\S+)\((\d+),\d+\): error/gm);
  const found = Array.from(errors, ([, file, line]) => (file === name ? Number(line) - 2 : -1));
  return [...new Set(found)].sort((a, b) => a - b);
}

const HEAD = `import { activity, base, event, field, named, type Same, type Sample, words } from '${here}/register-define.types.ts'; import { defineRegister } from '${source}/define.ts'; import type { AccessEventOf, RoleOf } from '${source}/infer.ts';`;

const define = (change: string, one = '...activity'): string =>
  `export const x = () => defineRegister({ ...base, ${change} activities: { a: { ${one} } } });`;
const send = (change: string): string =>
  `export const x = (): AccessEventOf<Sample> => ({ ...event, ${change} });`;

/** Each is one line, right but for what it is named after. */
const WRONG: Readonly<Record<string, string>> = {
  'a claim that does not hold': `export const x: Same<RoleOf<Sample>, 'support'> = true;`,
  'an unknown field in an activity': define('', `...activity, fields: ['nmae']`),
  'an unknown recipient': define('', `...activity, recipients: ['postman']`),
  'an unknown role': define('', `...activity, roles: ['boss']`),
  'an unknown type of person': define('', `...activity, persons: ['visitor']`),
  'an unknown action': define('', `...activity, actions: ['peek']`),
  'an unknown basis': define('', `...activity, basis: 'because'`),
  'an unknown key in an activity': define('', '...activity, retain: []'),
  'a missing key': define('', `name: words, purpose: words, fields: ['name']`),
  'an unknown key in the document': define(`colour: 'blue',`),
  'a table of an unknown person': define(`tables: { customers: { person: 'plant', id: 'id' } },`),
  'a column of an unknown table': define(`fields: { name: { ...field, columns: ['suppliers.name'] } },`),
  'a column without tables': `export const x = ({ tables: _, ...rest }: typeof base) => defineRegister({ ...rest, activities: { a: activity } });`,
  'an unknown key in a field': define('fields: { name: { ...field, secret: true } },'),
  'an event of an unknown activity': send(`activity: 'order'`),
  'an event with a field of another activity': send(`fields: ['email']`),
  'an event with a recipient of no activity': send(`recipient: 'police'`),
  'an event with an action of another activity': send(`action: 'export'`),
  'an event with a role of another activity': send(`actor: { kind: 'employee', id: 'e-1', role: 'planner' }`),
  'an event with a person of another activity': send(`subjects: [{ type: 'employee', id: 'e-1' }]`),
};

describe('defineRegister', { timeout: 60_000 }, () => {
  test('compiles with right names, and infers them', () => {
    expect(compile(join(here, 'register-define.types.ts'))).toBe('');
  });

  test('does not compile with a wrong name', () => {
    const right = [define(''), send('')];
    const lines = [...right, ...Object.values(WRONG)].map((line, at) =>
      line.replace('const x', `const x${at}`),
    );
    const wrong = wrongLines('wrong.ts', HEAD, lines);
    const passed = Object.keys(WRONG).filter((_, at) => !wrong.includes(at + right.length));
    expect(passed, 'compile though they should not').toEqual([]);
    expect(wrong, 'nothing else is wrong').toHaveLength(Object.keys(WRONG).length);
  });
});

/** What the compiler says of the lines after it has the types of a register as `T`. */
function wrongUses(document: RegisterDocument, ...lines: readonly string[]): readonly number[] {
  writeFileSync(join(folder, 'register.types.ts'), registerTypes(document));
  return wrongLines('use.ts', `import type * as T from './register.types.ts';`, lines);
}

const EVENT = `action: 'read', activity: 'orders', actor: { kind: 'system', id: 's' }, subjects: [], service: 'shop'`;

describe('registerTypes', { timeout: 60_000 }, () => {
  test('gives types that take right names and refuse wrong ones', () => {
    const right = [
      `export const e: T.Event = { ${EVENT}, fields: ['price'], recipient: 'delivery' };`,
      `export const f: T.Field = 'email'; export const a: T.Activity = 'newsletter'; export const r: T.Role = 'planner';`,
      `export const p: T.Person = 'customer'; export const to: T.Recipient = 'police';`,
    ];
    const wrong = [
      `export const e1: T.Event = { ${EVENT}, fields: ['email'] };`,
      `export const e2: T.Event = { ${EVENT}, fields: [], recipient: 'police' };`,
      `export const a1: T.Activity = 'order';`,
      `export const r1: T.Role = 'boss';`,
    ];
    expect(wrongUses(sample, ...right, ...wrong)).toEqual([3, 4, 5, 6]);
  });

  test('of a register of wildcards takes any name', () => {
    const actor = `{ kind: 'system', id: 's', role: 'x' }`;
    const use = `export const e: T.Event = { action: 'read', activity: 'general', actor: ${actor}, subjects: [{ type: 'y', id: '1' }], fields: ['z'], service: 'shop', recipient: 'q' };`;
    expect(wrongUses(builtinRegister, use)).toEqual([]);
  });

  test('of the example register compiles', () => {
    const json: unknown = JSON.parse(readFileSync(join(root, 'examples/voorbeeld/register.json'), 'utf8'));
    const use = `export const f: T.Field = 'dashboard-actions';`;
    expect(wrongUses(parseRegister(json), use)).toEqual([]);
  });

  test('keeps the name of the controller in its comment', () => {
    const controller = { ...sample.controller, name: 'X\u2028export const broken = 1;\n*/ syntax error' };
    expect(wrongUses({ ...sample, controller }, '')).toEqual([]);
  });
});
