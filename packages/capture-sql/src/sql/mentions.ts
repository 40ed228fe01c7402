import type { MappedTable } from '../data-map.ts';
import { is, isWord, nameAt, type Place } from './places.ts';
import type { Token } from './tokens.ts';

/** Mapped tables behind a name, one for each time the table is read: itself, or what a view reads. */
export type Sources = (name: string, schema?: string) => readonly MappedTable[];

/** A place where a statement names something that leads to mapped tables. */
export interface Mention {
  readonly at: number;
  readonly name: string;
  readonly tables: readonly MappedTable[];
  readonly alias: string | undefined;
  /** Only deciding which rows count. */
  readonly filter: boolean;
  /** Its columns are given other names, `customers AS c (a, b)`, or none at all, `TABLE customers`. */
  readonly renamed: boolean;
}

/** Mentions of mapped tables and of views over them. A name before a dot is a qualifier and no mention. */
export function mentions(
  tokens: readonly Token[],
  where: readonly Place[],
  sources: Sources,
): readonly Mention[] {
  const found: Mention[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'word' && token.kind !== 'name') continue;
    if (is(tokens[at + 1], '.')) continue;
    const schema = is(tokens[at - 1], '.') ? tokens[at - 2]?.text : undefined;
    const tables = sources(token.text, schema);
    if (tables.length === 0) continue;
    const next = isWord(tokens[at + 1], 'as') ? at + 2 : at + 1;
    const alias = nameAt(tokens[next]);
    const before = tokens[schema === undefined ? at - 1 : at - 3];
    const renamed = isWord(before, 'table') || (alias !== undefined && is(tokens[next + 1], '('));
    found.push({ at, name: token.text, tables, alias, filter: where[at]?.filter === true, renamed });
  }
  return found;
}

/** How often each mapped table may hand columns to the result. */
export function instances(all: readonly Mention[]): ReadonlyMap<MappedTable, number> {
  const counts = new Map<MappedTable, number>();
  for (const { tables, filter } of all) {
    if (filter) continue;
    for (const table of tables) counts.set(table, (counts.get(table) ?? 0) + 1);
  }
  return counts;
}

/** Names by which columns of a mapped table are qualified; one that means two things means nothing. */
export function aliases(all: readonly Mention[]): ReadonlyMap<string, MappedTable> {
  const names = new Map<string, MappedTable | undefined>();
  for (const { name, tables, alias, renamed } of all) {
    const [table] = tables;
    const key = alias ?? name;
    if (table === undefined) continue;
    names.set(key, tables.length > 1 || renamed || names.has(key) || table.name !== name ? undefined : table);
  }
  const sure = [...names].filter((each): each is [string, MappedTable] => each[1] !== undefined);
  return new Map(sure);
}
