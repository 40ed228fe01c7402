import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifests, root } from '../house/lib/tree.ts';
import { SERVICE, SERVICE_SAYS } from './service.ts';

const PNPM = 'pnpm@12.21.0';
const published = manifests().filter((one) => /^(?:packages|apps)\//.test(one.path) && one.private !== true);
const folderOf = (path: string): string => join(root, path, '..');

/** What a user of the packages brings along, in the versions of this checkout. */
const BROUGHT = ['better-sqlite3', '@types/better-sqlite3', '@types/node', 'hono'];

function run(command: string, args: readonly string[], cwd: string): SpawnSyncReturns<string> {
  // A test runner's own settings are no business of npm's.
  const env = { ...process.env, CI: '1', NODE_OPTIONS: '' };
  return spawnSync(command, args, { cwd, env, encoding: 'utf8', timeout: 55_000 });
}

/** Versions by name, over every package.json of the checkout. */
function versions(): Readonly<Record<string, string>> {
  const all = manifests().flatMap(({ dependencies, devDependencies }) =>
    Object.entries({ ...dependencies, ...devDependencies }),
  );
  return Object.fromEntries(all.filter(([name]) => BROUGHT.includes(name)));
}

describe('the packages as they are packed', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zegel-packed-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }));

  it('install in an empty project, compile and run (needs a build and a package registry)', (ctx) => {
    const built = published.every(({ path }) => existsSync(join(folderOf(path), 'dist')));
    ctx.skip(!built, 'the packages are not built');
    const reached =
      run('npm', ['view', 'hono', 'version', '--fetch-retries=0', '--fetch-timeout=10000'], folder).status ===
      0;
    ctx.skip(!reached, 'the package registry is out of reach');

    const tarballs = join(folder, 'tarballs');
    mkdirSync(tarballs);
    const filters = published.flatMap(({ name }) => ['--filter', name]);
    const pack = ['-r', ...filters, 'pack', '--pack-destination', tarballs];
    const packed = run('npm', ['exec', '--yes', '--', PNPM, ...pack], root);
    expect(packed.status, packed.stdout + packed.stderr).toBe(0);
    expect(readdirSync(tarballs)).toHaveLength(published.length);

    const project = join(folder, 'project');
    mkdirSync(project);
    const files: Record<string, string> = {};
    for (const { name } of published) {
      const stem = name.replace('@', '').replace('/', '-');
      const file = readdirSync(tarballs).find((each) => new RegExp(`^${stem}-\\d`).test(each));
      files[name] = `file:../tarballs/${file}`;
    }
    const dependencies: Readonly<Record<string, string>> = { ...files, ...versions() };
    writeFileSync(
      join(project, 'package.json'),
      JSON.stringify({ type: 'module', private: true, dependencies }),
    );
    const quiet = ['--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'];
    const installed = run('npm', ['install', ...quiet], project);
    expect(installed.status, installed.stderr).toBe(0);
    expect(readdirSync(join(project, 'node_modules/@zegel'))).toHaveLength(published.length);

    writeFileSync(join(project, 'service.ts'), SERVICE);
    const options = { target: 'es2024', module: 'nodenext', strict: true, noEmit: true, types: ['node'] };
    writeFileSync(
      join(project, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: { ...options, exactOptionalPropertyTypes: true },
        include: ['*.ts'],
      }),
    );
    const compiled = run(join(root, 'node_modules/.bin/tsc'), ['-p', '.'], project);
    expect([compiled.status, compiled.stdout]).toEqual([0, '']);
    const ran = run(process.execPath, ['service.ts'], project);
    expect([ran.status, ran.stderr, ran.stdout]).toEqual([0, '', SERVICE_SAYS]);
    const command = run(join(project, 'node_modules/.bin/zegel'), ['verify', '--log', './audit'], project);
    expect([command.status, command.stderr]).toEqual([0, '']);
  });
});
