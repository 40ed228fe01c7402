import type { MappedTable } from '../data-map.ts';
import { type Conjunct, closing } from './conjuncts.ts';
import { is, isWord, nameAt } from './places.ts';
import type { Token } from './tokens.ts';
import { all, list, oneValue, restriction, type ValueSource, type ValueSources } from './values.ts';
import type { Write } from './writes.ts';

/** What a change of a mapped table says of itself. */
export interface WriteFacts {
  /** Columns given a value; undefined: all of them. */
  readonly columns: readonly string[] | undefined;
  /** Persons for sure: no row of another can be touched. Undefined: not told. */
  readonly ids: readonly ValueSource[] | undefined;
  /** Rows may go from one person to another, so that what they say afterwards is half of it. */
  readonly moves: boolean;
}

/** Reads columns and persons off an outermost INSERT, UPDATE or DELETE; of anything else all columns and nobody. */
export function writeFacts(
  tokens: readonly Token[],
  { verb, at }: Write,
  table: MappedTable,
  conditions: readonly Conjunct[],
  sources: ValueSources,
): WriteFacts {
  if (verb === 'insert') {
    // A row that has to go for a new one may be anybody's.
    const replaces = tokens.slice(Math.max(0, at - 5), at).some((token) => isWord(token, 'replace'));
    return insertFacts(tokens.slice(at + 1), table, sources, replaces);
  }
  if (verb !== 'update' && verb !== 'delete') return { columns: undefined, ids: undefined, moves: false };
  const alias = nameAt(tokens[isWord(tokens[at + 1], 'as') ? at + 2 : at + 1]);
  const names = new Set([tokens[at]?.text ?? '', alias ?? '']);
  const ids = restricted(conditions, table, names, sources);
  if (verb === 'delete') return { columns: undefined, ids, moves: false };
  const set = assignments(tokens, at);
  if (set.columns?.includes(table.id) === false) return { columns: set.columns, ids, moves: false };
  const moved = set.values.get(table.id);
  const next = moved && oneValue(moved, sources);
  return { columns: set.columns, ids: ids && next && [...ids, next], moves: true };
}

function restricted(
  conditions: readonly Conjunct[],
  table: MappedTable,
  names: ReadonlySet<string>,
  sources: ValueSources,
): readonly ValueSource[] | undefined {
  for (const each of conditions) {
    if (each.clause !== 'where' || each.depth !== 0) continue;
    const ids = restriction(each, table.id, names, sources);
    if (ids !== undefined) return ids;
  }
  return undefined;
}

function insertFacts(
  rest: readonly Token[],
  table: MappedTable,
  sources: ValueSources,
  replaces: boolean,
): WriteFacts {
  let at = isWord(rest[0], 'as') ? 2 : 0;
  let columns: readonly string[] | undefined;
  if (is(rest[at], '(') && !isWord(rest[at + 1], 'select', 'with', 'values')) {
    const end = closing(rest, at);
    columns = list(rest.slice(at + 1, end)).map((name) => name[0]?.text ?? '');
    at = end + 1;
  }
  const conflict = rest.findIndex((token, i) => isWord(token, 'do') && isWord(rest[i + 1], 'update'));
  const set = conflict === -1 ? undefined : assignments(rest, conflict).columns;
  const place = columns?.indexOf(table.id) ?? -1;
  // Written over, a row that was there may be another person's: not if it is by the person that rows are one.
  const over = conflict !== -1 && (set === undefined || set.includes(table.id) || !isByPerson(rest, table));
  const moves = over || replaces;
  const ids = place === -1 || moves ? undefined : inserted(rest, at, place, sources);
  return { columns: columns && [...columns, ...(set ?? [])], ids, moves };
}

/** `on conflict (…)` with the person's column and no other. */
function isByPerson(rest: readonly Token[], table: MappedTable): boolean {
  const at = rest.findIndex((token, i) => isWord(token, 'on') && isWord(rest[i + 1], 'conflict'));
  return at !== -1 && rest[at + 3]?.text === table.id && is(rest[at + 4], ')');
}

/** The values at one place of each row after `values`. */
function inserted(
  rest: readonly Token[],
  start: number,
  place: number,
  sources: ValueSources,
): readonly ValueSource[] | undefined {
  if (!isWord(rest[start], 'values')) return undefined;
  const ids: (ValueSource | undefined)[] = [];
  for (let at = start + 1; is(rest[at], '('); ) {
    const end = closing(rest, at);
    ids.push(oneValue(list(rest.slice(at + 1, end))[place] ?? [], sources));
    at = is(rest[end + 1], ',') ? end + 2 : end + 1;
  }
  return all(ids);
}

interface Assignments {
  /** Undefined where it can't be told. */
  readonly columns: readonly string[] | undefined;
  readonly values: ReadonlyMap<string, readonly Token[]>;
}

/** `set a = 1, (b, c) = (…)` after the place. */
function assignments(tokens: readonly Token[], start: number): Assignments {
  const set = tokens.findIndex((token, at) => at > start && isWord(token, 'set'));
  const values = new Map<string, readonly Token[]>();
  if (set === -1) return { columns: undefined, values };
  const columns: string[] = [];
  for (const part of list(upTo(tokens.slice(set + 1)))) {
    const equals = part.findIndex((token) => is(token, '='));
    const left = equals === -1 ? [] : part.slice(0, equals).filter((token) => token.kind !== 'sign');
    if (left.length === 0) return { columns: undefined, values };
    const names = left.map(({ text }) => text);
    columns.push(...names);
    if (names.length === 1) values.set(names[0] ?? '', part.slice(equals + 1));
  }
  return { columns, values };
}

/** Up to the clause after the assignments. */
function upTo(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (is(token, '(')) depth++;
    if (is(token, ')')) depth--;
    if (depth < 0 || (depth === 0 && isWord(token, 'from', 'where', 'returning'))) return tokens.slice(0, at);
  }
  return tokens;
}
