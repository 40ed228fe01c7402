import { resolved, type Source } from '../lib/source.ts';

/** Cycles of value imports between files; type-only imports vanish and do not count. */
export function cycles(sources: readonly Source[]): readonly string[] {
  const graph = new Map(sources.map((source) => [source.path, targets(source)]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}

function targets({ path, imports }: Source): readonly string[] {
  return imports.flatMap(({ from, isType }) =>
    from === undefined || isType ? [] : (resolved(path, from) ?? []),
  );
}
