// Joins what tsc wrote of a package into few files, `dist/bundle`: a thread starts by loading them, and hundreds of small ones take
// longer than all else that it does then. For packages whose manifest exports files there; what others wrote stays apart.
import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './process.mjs';

const FOLDER = 'dist/bundle';
const STAMP = '.joined';
const WORKER = /-worker\.js$/;

/** Names of the files that a package offers others, of those that are joined. */
function entriesOf(folder) {
  const file = join(root, folder, 'package.json');
  if (!existsSync(file)) return [];
  const { exports = {} } = JSON.parse(readFileSync(file, 'utf8'));
  const targets = Object.values(exports).map((each) => each.default ?? '');
  return targets.filter((each) => each.startsWith(`./${FOLDER}/`)).map((each) => basename(each, '.js'));
}

function written(folder) {
  const dist = join(root, folder, 'dist');
  return readdirSync(dist, { recursive: true })
    .filter((name) => name.endsWith('.js') && !name.startsWith(join('bundle', '/')))
    .map((name) => join(dist, name));
}

function isCurrent(folder) {
  const stamp = join(root, folder, FOLDER, STAMP);
  if (!existsSync(stamp)) return false;
  const { mtimeMs } = statSync(stamp);
  const sources = [
    join(root, folder, 'package.json'),
    join(root, 'scripts/lib/bundle.mjs'),
    ...written(folder),
  ];
  return sources.every((each) => statSync(each).mtimeMs < mtimeMs);
}

/** Folders of packages of which the joined files are older than what they are made of. */
export function outdated() {
  const folders = readdirSync(join(root, 'packages')).map((each) => `packages/${each}`);
  return folders.filter((folder) => entriesOf(folder).length > 0 && !isCurrent(folder));
}

/** What is joined at once: a worker is loaded by itself, in a thread of its own; entries share what they have in common. */
function runsOf(folder) {
  const dist = join(root, folder, 'dist');
  const entries = Object.fromEntries(entriesOf(folder).map((name) => [name, join(dist, `${name}.js`)]));
  const workers = written(folder).filter((file) => WORKER.test(file));
  return [entries, ...workers.map((file) => ({ [basename(file, '.js')]: file }))];
}

async function joinOne(folder, rolldown) {
  const target = join(root, folder, FOLDER);
  const began = new Date();
  const names = new Set([STAMP]);
  mkdirSync(target, { recursive: true });
  for (const input of runsOf(folder)) {
    const build = await rolldown({
      input,
      platform: 'node',
      external: (id) => !id.startsWith('.') && !isAbsolute(id),
    });
    const { output } = await build.generate({ format: 'esm', chunkFileNames: 'shared-[hash].js' });
    await build.close();
    for (const { fileName, code } of output) {
      if (names.has(fileName)) throw new Error(`${folder}: two files would be ${fileName}`);
      names.add(fileName);
      put(join(target, fileName), code);
    }
  }
  for (const name of readdirSync(target)) if (!names.has(name)) rmSync(join(target, name), { force: true });
  put(join(target, STAMP), '');
  utimesSync(join(target, STAMP), began, began);
}

/** In one step: another process may be loading it. */
function put(file, text) {
  const draft = join(dirname(file), '..', `.${randomUUID()}`);
  writeFileSync(draft, text);
  renameSync(draft, file);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { rolldown } = await import('rolldown');
  for (const folder of process.argv.slice(2)) await joinOne(folder, rolldown);
}
