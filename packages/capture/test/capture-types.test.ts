import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const here = import.meta.dirname;
const root = resolve(here, '../../..');

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
};

/** What the compiler says of lines of TypeScript: the numbers of those with an error, from 0; -1 for one elsewhere. */
function wrongLines(head: string, lines: readonly string[]): readonly number[] {
  const folder = mkdtempSync(join(tmpdir(), 'zegel-types-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'uses.ts'), [head, ...lines, ''].join('\n'));
  const config = {
    extends: join(root, 'tsconfig.base.json'),
    compilerOptions,
    files: [join(folder, 'uses.ts')],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const errors = compile(folder).matchAll(/^(\S+)\((\d+),\d+\): error/gm);
  const found = Array.from(errors, ([, file, line]) => (file === 'uses.ts' ? Number(line) - 2 : -1));
  return [...new Set(found)].sort((a, b) => a - b);
}

function compile(folder: string): string {
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

const HEAD = `import { access, capture, check, createCapture, defineRegister, known, name, one, openLog, overLog, persons, type Capture, type CaptureSink, type Register, register } from '${here}/capture.types.ts';`;

/** Each is one line, right but for what it is named after. */
const WRONG: Readonly<Record<string, string>> = {
  'an unknown activity': `void access.read('dashbord', known, one);`,
  'a field of another activity': `void access.read('dashboard', { ...known, fields: ['salary'] }, one);`,
  'an unknown field': `void access.read('dashboard', { ...known, fields: ['nmae'] }, one);`,
  'a recipient of no activity': `void access.read('dashboard', { ...known, recipient: 'police' }, one);`,
  'a recipient of another activity': `void access.read('staff', { subjects: [], fields: [], recipient: 'delivery' }, one);`,
  'a person of another activity': `void access.read('dashboard', { subject: persons.employee('e-1'), ...name }, one);`,
  'an action that the activity does not allow': `void access.update('staff', { subjects: [], fields: ['salary'] }, one);`,
  'an unknown type of person': `persons.visitor('v-1');`,
  'an involvement that there is not': `persons.customer('c-1', 'bystander');`,
  'no subject and no way to find one': `void access.read('dashboard', name, one);`,
  'a search of a known subject': `void access.search('dashboard', known, one);`,
  'a way to find persons of another activity': `void access.search('dashboard', name, one, () => [persons.employee('e-1')]);`,
  'a way to find persons in another result': `void access.search('dashboard', name, one, ({ number }) => [persons.customer(number)]);`,
  'an unknown key': `void access.read('dashboard', { ...known, subjekt: 1 }, one);`,
  'persons of no type seen': `access.saw({ type: 'visitor', id: 'v-1' });`,
  'persons of another activity seen': `access.saw('dashboard', { action: 'read', fields: [] }, [persons.employee('e-1')]);`,
  'a definition of an unknown activity': `check('nowhere', { action: 'read', fields: [] });`,
  'a definition with an action that is not allowed': `check('staff', { action: 'update', fields: [] });`,
  'a denied access to a field of another activity': `void access.denied('dashboard', { action: 'read', fields: ['salary'] });`,
  'a stream under an unknown activity': `access.stream('nowhere', { action: 'read', fields: [] }, [one()], () => []);`,
  'a result of another type': `export const x: Promise<number> = access.read('dashboard', known, one);`,
  'a wrong name over a log': `void overLog().then(({ access: a }) => a.read('nowhere', { subjects: [], fields: [] }, one));`,
  'a capture of another register': `export const y: Capture<Register> = createCapture({ to: { append: async () => [] }, register: { ...register, activities: {} }, service: 's' });`,
};

test('accesses compile with right names, and not with a wrong one', { timeout: 60_000 }, () => {
  const right = [
    `void access.read('dashboard', known, one);`,
    `void overLog().then(({ access: a }) => a.read('staff', { subjects: [], fields: ['salary'] }, one));`,
  ];
  const wrong = wrongLines(HEAD, [...right, ...Object.values(WRONG)]);
  const passed = Object.keys(WRONG).filter((_, at) => !wrong.includes(at + right.length));
  expect(passed, 'compile though they should not').toEqual([]);
  expect(wrong, 'nothing else is wrong').toHaveLength(Object.keys(WRONG).length);
});
