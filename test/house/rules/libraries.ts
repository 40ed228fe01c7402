import { type Import, isShipped, type Source } from '../lib/source.ts';

const CRYPTO = 'packages/core/src/crypto.ts';

/** Where a library with a field of its own may be imported: path prefixes. */
const ONLY_IN: readonly (readonly [library: RegExp, places: readonly string[]])[] = [
  [/^(?:node:)?crypto$|^libsodium|^@noble\/|^hash-wasm$/, [CRYPTO]],
  [
    /^better-sqlite3$/,
    [
      ...[
        'packages/store-sqlite/src/',
        'packages/store-s3/src/replica/',
        'packages/log/src/vault/',
        'packages/log/src/copy/',
        'packages/search/src/',
        'packages/capture/src/gaps/',
      ],
      ...['packages/client/src/outbox/', 'apps/viewer/src/access/', 'apps/demo/src/data/'],
      'apps/viewer/src/checks/folder-lock.ts',
    ],
  ],
  [/^(?:node:)?sqlite$/, []],
  [/^roaring-wasm$/, ['packages/search/src/']],
  [/^vitest$|^fast-check$/, ['packages/testkit/src/', 'packages/testing/src/']],
];

/** Drawing randomness is no cryptography of ours; outside core it may come from the system directly. */
const RANDOM = new Set(['randomBytes', 'randomFillSync', 'randomFill', 'randomUUID']);

/** Imports of a library from a place that has no business with it. */
export function libraries(sources: readonly Source[]): readonly string[] {
  return sources
    .filter(({ path }) => isShipped(path))
    .flatMap(({ path, imports }) =>
      imports
        .filter((each) => misplaced(path, each))
        .map(({ from, line }) => `${path}:${line} may not import ${from}`),
    );
}

function misplaced(path: string, { from, names, isType }: Import): boolean {
  if (from === undefined || isType) return false;
  const rule = ONLY_IN.find(([library]) => library.test(from));
  if (rule === undefined || rule[1].some((place) => path.startsWith(place))) return false;
  const random = names.length > 0 && names.every((name) => RANDOM.has(name));
  return !(from === 'node:crypto' && random && !path.startsWith('packages/core/'));
}
