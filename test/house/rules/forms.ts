import { isShipped, resolved, type Source, workspaceOf } from '../lib/source.ts';
import { walk } from '../lib/walk.ts';

/** `any`, default exports, stars, barrels, silenced compilers, promises to do it later, own index, names of files. */
export function forms(sources: readonly Source[]): readonly string[] {
  return sources.flatMap((source) => [
    ...anys(source),
    ...exportForms(source),
    ...comments(source),
    ...ownIndex(source),
    ...names(source),
  ]);
}

function anys(source: Source): readonly string[] {
  const found: string[] = [];
  walk(source.program, (node) => {
    if (node.type === 'TSAnyKeyword') found.push(`${source.path}:${source.lineOf(node.start)} any`);
  });
  return found;
}

function exportForms({ path, module, lineOf, program }: Source): readonly string[] {
  const entries = module.staticExports.flatMap(({ entries: all }) => all);
  const byDefault = entries.filter(
    ({ exportName }) => exportName.kind.startsWith('Default') || exportName.name === 'default',
  );
  const stars = entries.filter(({ importName }) => importName.kind.startsWith('All'));
  const passedOn = program.body.every(
    ({ type }) => type === 'ExportNamedDeclaration' || type === 'ExportAllDeclaration',
  );
  const barrel =
    passedOn && program.body.length > 0 && entries.every(({ moduleRequest }) => moduleRequest !== null);
  return [
    ...byDefault.map(({ start }) => `${path}:${lineOf(start)} default export`),
    ...stars.map(({ start }) => `${path}:${lineOf(start)} export *`),
    ...(barrel && !path.endsWith('/src/index.ts') ? [`${path} is a barrel`] : []),
  ];
}

function comments({ path, comments: all, lineOf }: Source): readonly string[] {
  const bad =
    /@ts-(?:ignore|nocheck|expect-error)|\b(?:TODO|FIXME|XXX|HACK)\b|(?:oxlint|eslint|biome)-(?:disable|ignore)/;
  return all.flatMap(({ value, start }) => {
    const word = bad.exec(value)?.[0];
    return word === undefined ? [] : [`${path}:${lineOf(start)} comment with ${word}`];
  });
}

function ownIndex({ path, imports }: Source): readonly string[] {
  const index = `${workspaceOf(path)}/src/index.ts`;
  if (!isShipped(path)) return [];
  const own = imports.filter(({ from }) => from !== undefined && resolved(path, from) === index);
  return own.map(({ line }) => `${path}:${line} imports its own index.ts`);
}

function names({ path, imports }: Source): readonly string[] {
  const file = path.split('/').at(-1) ?? '';
  const kebab = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.tsx?$/.test(file);
  const ends = imports.filter(
    ({ from }) => from?.startsWith('.') === true && !/\.(?:tsx?|mjs|json|sql)$/.test(from),
  );
  return [
    ...(kebab ? [] : [`${path} is not in kebab-case`]),
    ...ends.map(({ from, line }) => `${path}:${line} ${from} should end in .ts`),
  ];
}
