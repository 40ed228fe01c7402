import { isShipped, type Source } from '../lib/source.ts';
import { childrenOf, isNode, nameOf, type Node, stringOf, walk } from '../lib/walk.ts';

/** Codes that the sources define, and classes of errors that define none. */
export interface Codes {
  readonly errors: ReadonlySet<string>;
  readonly findings: ReadonlySet<string>;
  readonly problems: readonly string[];
}

/** Collects the `code` of every error class and the literals of the union `FindingCode`. */
export function codesOf(all: readonly Source[]): Codes {
  const sources = all.filter(({ path }) => isShipped(path));
  const aliases = new Map(sources.flatMap(aliasesOf));
  const classes = sources.flatMap((source) => errorClasses(source, aliases));
  const errors = classes.flatMap(({ codes }) => codes);
  const bad = errors.filter((code) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(code));
  const none = classes.filter(({ codes, inherits }) => codes.length === 0 && !inherits);
  const findings = unionOf(aliases.get('FindingCode'), aliases);
  const problems = [
    ...none.map(({ at }) => `${at} error class without literal codes`),
    ...bad.map((code) => `${code} is not in UPPER_SNAKE`),
  ];
  return { errors: new Set(errors), findings: new Set(findings), problems };
}

interface ErrorClass {
  readonly at: string;
  readonly codes: readonly string[];
  readonly inherits: boolean;
}

/** Classes that extend an error of ours; the base itself extends Error, and a subclass may leave the code to its parent. */
function errorClasses(source: Source, aliases: Aliases): readonly ErrorClass[] {
  const found: ErrorClass[] = [];
  walk(source.program, (node) => {
    const parent = nameOf(node['superClass']) ?? '';
    if (node.type !== 'ClassDeclaration' || !/\w(?:Error|Failure)$/.test(parent)) return;
    const at = `${source.path}:${source.lineOf(node.start)}`;
    found.push({
      at,
      codes: classCodes(node, aliases),
      inherits: node['abstract'] === true || parent !== 'ZegelError',
    });
  });
  return found;
}

function classCodes(node: Node, aliases: Aliases): readonly string[] {
  const codes: string[] = [];
  walk(node['body'], (member) => {
    if (member.type !== 'PropertyDefinition' || nameOf(member['key']) !== 'code') return;
    const literal = stringOf(member['value']);
    const annotation = isNode(member['typeAnnotation'])
      ? member['typeAnnotation']['typeAnnotation']
      : undefined;
    codes.push(...(literal === undefined ? unionOf(annotation, aliases) : [literal]));
  });
  return codes;
}

/** Literals of a union of string literals, written out or named; a name is looked up in all sources. */
function unionOf(type: unknown, aliases: Aliases): readonly string[] {
  if (!isNode(type)) return [];
  const literal = stringOf(type);
  if (literal !== undefined) return [literal];
  if (type.type === 'TSUnionType') return childrenOf(type).flatMap((each) => unionOf(each, aliases));
  const name = type.type === 'TSTypeReference' ? nameOf(type['typeName']) : undefined;
  return name === undefined ? [] : unionOf(aliases.get(name), aliases);
}

type Aliases = ReadonlyMap<string, unknown>;

function aliasesOf(source: Source): readonly (readonly [string, unknown])[] {
  const found: (readonly [string, unknown])[] = [];
  walk(source.program, (node) => {
    if (node.type === 'TSTypeAliasDeclaration')
      found.push([nameOf(node['id']) ?? '', node['typeAnnotation']]);
  });
  return found;
}

/** Codes that a document lists: the first cell of a table row, in backticks. */
export function documented(markdown: string): ReadonlySet<string> {
  const rows = markdown.matchAll(/^\| *`([A-Za-z0-9_-]+)` *\|/gm);
  return new Set([...rows].map((match) => match[1] ?? ''));
}

/** What one set has and the other lacks, both ways. */
export function difference(source: ReadonlySet<string>, document: ReadonlySet<string>): readonly string[] {
  const missing = [...source]
    .filter((code) => !document.has(code))
    .map((code) => `${code} is not documented`);
  const stale = [...document]
    .filter((code) => !source.has(code))
    .map((code) => `${code} is documented but nowhere in the sources`);
  return [...missing, ...stale].toSorted();
}
