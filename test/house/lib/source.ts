import { dirname, posix } from 'node:path';
import { type Comment, type EcmaScriptModule, type Program, parseSync } from 'oxc-parser';

/** One `import`, `export … from` or `import()`. */
export interface Import {
  /** Module as written; undefined when it is computed. */
  readonly from: string | undefined;
  readonly names: readonly string[];
  readonly isType: boolean;
  readonly line: number;
}

/** A parsed file; `path` is relative to the root, with slashes. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly program: Program;
  readonly module: EcmaScriptModule;
  readonly comments: readonly Comment[];
  readonly imports: readonly Import[];
  readonly lines: number;
  readonly lineOf: (offset: number) => number;
}

/** Parses a TypeScript file. @throws Error when it is not one. */
export function parseSource(path: string, text: string): Source {
  const { program, module, comments, errors } = parseSync(path, text);
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  return { path, text, program, module, comments, imports: importsOf(text, module, lineOf), lines, lineOf };
}

function importsOf(text: string, module: EcmaScriptModule, lineOf: (offset: number) => number): Import[] {
  const found: Import[] = [];
  for (const { moduleRequest, entries, start } of module.staticImports) {
    const names = entries.map(({ importName }) => importName.name ?? importName.kind);
    const isType = entries.length > 0 && entries.every((entry) => entry.isType);
    found.push({ from: moduleRequest.value, names, isType, line: lineOf(start) });
  }
  for (const { entries, start } of module.staticExports) {
    const from = entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest?.value;
    if (from === undefined) continue;
    const names = entries.map(({ importName }) => importName.name ?? importName.kind);
    found.push({ from, names, isType: entries.every((entry) => entry.isType), line: lineOf(start) });
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])([^'"`$]*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2];
    found.push({ from: literal, names: ['*'], isType: false, line: lineOf(start) });
  }
  return found;
}

/** What a relative import means, as a path from the root; undefined for a package. */
export function resolved(path: string, from: string): string | undefined {
  return from.startsWith('.') ? posix.join(dirname(path), from) : undefined;
}

/** The workspace folder of a path: `packages/core`, `examples/voorbeeld`, `test`. */
export function workspaceOf(path: string): string {
  const [first = '', second = ''] = path.split('/');
  return ['packages', 'examples', 'apps'].includes(first) ? `${first}/${second}` : first;
}

/** True for what is built and published. */
export function isShipped(path: string): boolean {
  return /^(?:packages|apps)\/[^/]+\/src\//.test(path);
}
