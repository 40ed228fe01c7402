import { isShipped, resolved, type Source, workspaceOf } from '../lib/source.ts';

/** Who may import whom at run time. A new package gets a line here, with its reasons in docs/adr. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  log: ['core'],
  'store-sqlite': ['core'],
  'store-s3': ['core'],
  search: ['core', 'log'],
  privacy: ['core', 'log', 'search'],
  interop: ['core', 'log'],
  reading: ['core', 'log'],
  evidence: ['core', 'log', 'search', 'privacy'],
  capture: ['core', 'log'],
  'capture-sql': ['core', 'capture'],
  node: ['capture'],
  hono: ['capture', 'node'],
  express: ['capture', 'node'],
  fastify: ['capture', 'node'],
  client: ['core', 'log'],
  testkit: ['core', 'log'],
  testing: ['core', 'log', 'capture'],
  cli: [
    'core',
    'log',
    'store-sqlite',
    'store-s3',
    'search',
    'privacy',
    'interop',
    'reading',
    'evidence',
    'client',
    'viewer',
  ],
  // An app: imported by the command that starts it, and by nobody else.
  viewer: [],
};

/** Packages of which the files are joined. */
const JOINED: ReadonlySet<string> = new Set(['core', 'log', 'store-sqlite', 'store-s3', 'search']);

/** Types only: a store implements the port of the log. */
const PORT = '@zegel/log/port';

/** The one file outside the composition roots that loads a store: by the name that the caller's URL gives. */
const STORE_LOADER = 'packages/log/src/stores.ts';

/** Imports across packages that point the wrong way, go by path, or cannot be told. */
export function layers(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) =>
    source.imports.flatMap(({ from, isType, line }) => {
      const problem = from === undefined ? computed(source.path) : wrong(source.path, from, isType);
      return problem === undefined ? [] : [`${source.path}:${line} ${problem}`];
    }),
  );
}

function computed(path: string): string | undefined {
  if (!isShipped(path) || path === STORE_LOADER) return undefined;
  return 'computes what it imports';
}

function wrong(path: string, from: string, isType: boolean): string | undefined {
  const target = resolved(path, from);
  if (target !== undefined) return relative(path, target, from);
  const name = /^@zegel\/([^/]+)/.exec(from)?.[1];
  if (name === undefined) return undefined;
  if (MAY_IMPORT[name] === undefined) return `imports ${from}, which no package may import`;
  if (from.includes('/src/') || from.includes('/dist/')) return `reaches into ${from}`;
  return isShipped(path) ? upwards(path, name, from, isType) : itself(path, name, from);
}

/** What a test imports by path is apart from what its package is by name (ADR 30): it would watch one and try the other. */
function itself(path: string, name: string, from: string): string | undefined {
  if (!path.startsWith(`packages/${name}/test/`) || !JOINED.has(name) || /-(?:main|process)\.ts$/.test(path))
    return undefined;
  return `imports ${from} from within`;
}

function relative(path: string, target: string, from: string): string | undefined {
  if (workspaceOf(target) !== workspaceOf(path)) return `leaves its package by path: ${from}`;
  if (isShipped(path) && !isShipped(target) && target.includes('/test/')) return `imports a test: ${from}`;
  return undefined;
}

function upwards(path: string, name: string, from: string, isType: boolean): string | undefined {
  const self = workspaceOf(path).split('/')[1] ?? '';
  if (path.startsWith('apps/')) return name === 'testkit' ? `imports ${from}` : undefined;
  const allowed = MAY_IMPORT[self];
  if (allowed === undefined) return `belongs to a package without a line in the table of layers`;
  if (allowed.includes(name) || (self.startsWith('store-') && from === PORT && isType)) return undefined;
  return name === self ? `imports its own package by name` : `${self} may not import ${from}`;
}
