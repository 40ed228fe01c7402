import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSource, type Source } from './source.ts';

/** The folder of the checkout. */
export const root: string = fileURLToPath(new URL('../../..', import.meta.url));

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', '.git', '.zegel', '.zegel-demo']);

/** Files below a folder, relative to the root, with slashes. */
export function filesUnder(folder: string): readonly string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (SKIPPED.has(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

/** Text of a file of the checkout. */
export function read(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** Every TypeScript file of the checkout, parsed. */
export function typescript(): readonly Source[] {
  const folders = ['packages', 'apps', 'examples', 'bench', 'test'];
  const paths = folders.flatMap(filesUnder).filter((path) => /(?<!\.d)\.tsx?$/.test(path));
  return paths.map((path) => parseSource(path, read(path)));
}

/** What this house needs of a package.json. */
export interface Manifest {
  readonly path: string;
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, { readonly default?: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of the root and of every workspace. */
export function manifests(): readonly Manifest[] {
  const paths = filesUnder('.').filter((path) =>
    /^(?:(?:packages|apps|examples)\/[^/]+\/|bench\/|test\/)?package\.json$/.test(path),
  );
  return paths.map((path) => ({ ...(JSON.parse(read(path)) as Omit<Manifest, 'path'>), path }));
}
