import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSource, type Source } from './source.ts';
import { manifests, read, root } from './tree.ts';

/** Public names by entry point; a type is marked as one. */
export type PinnedExports = Readonly<Record<string, readonly string[]>>;

/** Where the pinned list is kept. */
export const PINNED = 'test/house/exports.json';

/** Names that a file exports, sorted. */
export function exportedNames({ module }: Source): readonly string[] {
  const entries = module.staticExports.flatMap(({ entries: all }) => all);
  return entries
    .map(({ exportName, isType }) => `${exportName.name ?? exportName.kind}${isType ? ' (type)' : ''}`)
    .toSorted();
}

/** What every package exports now, from the entry points that its package.json names. */
export function currentExports(): PinnedExports {
  const found: Record<string, readonly string[]> = {};
  for (const { path, name, exports } of manifests().filter((each) => each.path.startsWith('packages/'))) {
    for (const [subpath, built] of Object.entries(exports ?? {})) {
      if (subpath.endsWith('.json')) continue; // data, such as a schema
      const source = (built.default ?? '').replace(/^\.\/dist\/(?:bundle\/)?(.*)\.js$/, 'src/$1.ts');
      const file = posix.join(posix.dirname(path), source);
      const names =
        source !== '' && existsSync(join(root, file))
          ? exportedNames(parseSource(file, read(file)))
          : [`missing file ${file}`];
      found[posix.join(name, subpath)] = names;
    }
  }
  return found;
}
