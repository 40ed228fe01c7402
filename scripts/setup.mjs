// Installs what the lock file names and builds; does nothing when nothing changed.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { outdated } from './lib/bundle.mjs';
import { capture, fail, node24, npm, root, tool } from './lib/process.mjs';

const PNPM = 'pnpm@12.21.0';
const STAMP = join(root, 'node_modules', '.zegel-installed');

/** Folders that pnpm-workspace.yaml names, and the root. */
export function workspaces() {
  const under = (name) =>
    existsSync(join(root, name)) ? readdirSync(join(root, name)).map((each) => `${name}/${each}`) : [];
  const folders = ['.', 'bench', 'test', ...under('packages'), ...under('examples'), ...under('apps')];
  return folders.filter((folder) => existsSync(join(root, folder, 'package.json')));
}

function installHash() {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`);
  const manifests = workspaces().map((folder) => join(folder, 'package.json'));
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml', ...manifests]) {
    if (existsSync(join(root, file))) hash.update(`\n${file}\n`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function installed(hash) {
  const whole = workspaces().every((folder) => existsSync(join(root, folder, 'node_modules')));
  return whole && existsSync(node24) && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hash;
}

async function install() {
  const hash = installHash();
  if (installed(hash)) return;
  process.stdout.write('zegel: installing\n');
  const frozen = existsSync(join(root, 'pnpm-lock.yaml')) ? '--frozen-lockfile' : '--no-frozen-lockfile';
  // CI=1: pnpm asks no questions.
  const { code, output } = await npm(['exec', '--yes', '--', PNPM, 'install', frozen], { env: { CI: '1' } });
  if (code !== 0)
    fail(
      'the installation failed (is the package registry within reach?); the lines above are from pnpm',
      output,
    );
  const version = await capture(node24, ['--version']);
  if (!version.output.startsWith('v24.'))
    fail('the npm package `node` brought no Node 24 for this system', version.output);
  writeFileSync(STAMP, installHash());
}

/** `tsc -b` never removes what it once wrote: a dist file whose source is gone would be published. */
function sweep(folder) {
  const dist = join(root, folder, 'dist');
  if (!existsSync(dist)) return;
  for (const name of readdirSync(dist, { recursive: true })) {
    const stem = /^(.*?)\.(?:js|d\.ts)(?:\.map)?$/.exec(name)?.[1];
    const sources = [`src/${stem}.ts`, `src/${stem}.tsx`, `${stem}.ts`];
    if (name.startsWith(join('bundle', '/'))) continue;
    if (stem !== undefined && !sources.some((each) => existsSync(join(root, folder, each))))
      rmSync(join(dist, name));
  }
}

/** Builds all packages; `{ code, output }`. */
export async function build() {
  for (const folder of workspaces()) sweep(folder);
  const built = await capture(tool('tsc'), ['-b', 'tsconfig.build.json']);
  if (built.code !== 0) return built;
  const folders = outdated();
  return folders.length === 0 ? built : capture(node24, [join(root, 'scripts/lib/bundle.mjs'), ...folders]);
}

/** Installs when needed. With `{ build: false }` the caller builds by itself. */
export async function setup(options = { build: true }) {
  if (Number(process.versions.node.split('.')[0]) < 20)
    fail(`Node 20 or newer is needed, this is ${process.version}`);
  await install();
  if (!options.build) return;
  const { code, output } = await build();
  if (code !== 0) fail('the build failed; the lines above say where', output);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await setup();
