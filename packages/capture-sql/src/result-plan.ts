import type { DataMap, MappedTable } from './data-map.ts';
import { type ExpressionMeaning, fieldsOf, type MeaningOf } from './expressions.ts';
import type { TextFacts } from './sql/facts.ts';

/** A column of a result, and the column of a table that it is. Without a table it has no origin. */
export interface ResultColumn {
  readonly name: string;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
}

/** Columns that name the persons of a table's rows, and those that hold data of them. */
export interface Group {
  readonly type: string;
  readonly persons: readonly number[];
  readonly data: readonly number[];
}

/** What the rows of a result say, and what they leave open. Numbers are places of result columns. */
export interface ResultPlan {
  readonly fields: readonly string[];
  readonly groups: readonly Group[];
  /** Names of columns without an origin that may hold personal data and were not declared. */
  readonly unknown: readonly string[];
  /** Tables whose data is there without the column that says whose it is. */
  readonly nobody: readonly string[];
  /** Columns that name persons, by table, whether or not data of theirs is there. */
  readonly ids: ReadonlyMap<MappedTable, readonly number[]>;
}

/** What is known of a statement when its result is planned. */
export interface PlanInput {
  readonly map: DataMap;
  readonly facts: Pick<TextFacts, 'operation' | 'instances' | 'equalIds'>;
  /** Undefined for a column that the caller does not get to see. */
  readonly columns: readonly (ResultColumn | undefined)[];
  readonly meaningOf: MeaningOf;
  /** Whether a column without an origin may hold personal data. */
  readonly carries: boolean;
  /** Rows come from several branches, of which origins tell the first. */
  readonly compound: boolean;
}

/** Columns that the caller will see, by what they are. */
interface Sorted {
  readonly fields: Set<string>;
  readonly ids: Map<MappedTable, number[]>;
  readonly data: Map<MappedTable, number[]>;
  readonly declaredPersons: Map<string, number[]>;
  readonly declaredData: number[];
  readonly unknown: string[];
}

/** Plans what to tell of a result. */
export function planResult(input: PlanInput): ResultPlan {
  const sorted = sort(input);
  const groups: Group[] = [];
  const nobody: string[] = [];
  for (const [table, data] of sorted.data) {
    const persons = personsOf(table, sorted, input.facts);
    if (persons === undefined) nobody.push(table.name);
    else groups.push({ type: table.person, persons, data });
  }
  if (sorted.declaredData.length > 0) {
    const all = anyPersons(sorted);
    if (all.length === 0) nobody.push('an expression');
    for (const [type, persons] of all) groups.push({ type, persons, data: sorted.declaredData });
  }
  const { fields, unknown, ids } = sorted;
  return Object.freeze({ fields: [...fields].toSorted(), groups, unknown, nobody, ids });
}

function sort(input: PlanInput): Sorted {
  const sorted: Sorted = {
    fields: new Set(),
    ids: new Map(),
    data: new Map(),
    declaredPersons: new Map(),
    declaredData: [],
    unknown: [],
  };
  for (const [at, column] of input.columns.entries()) {
    if (column === undefined) continue;
    const known = column.table !== undefined && column.column !== undefined;
    const meaning =
      known && !input.compound ? undefined : input.meaningOf(input.facts.operation, column.name);
    if (meaning !== undefined) byMeaning(sorted, meaning, at);
    else if (known) byOrigin(sorted, input.map, column, at);
    if (meaning === undefined && input.carries && (!known || input.compound))
      sorted.unknown.push(column.name);
  }
  return sorted;
}

function byMeaning(sorted: Sorted, meaning: ExpressionMeaning, at: number): void {
  if (typeof meaning === 'object' && meaning !== null && 'person' in meaning)
    return push(sorted.declaredPersons, meaning.person, at);
  const fields = fieldsOf(meaning);
  for (const field of fields) sorted.fields.add(field);
  if (fields.length > 0) sorted.declaredData.push(at);
}

function byOrigin(sorted: Sorted, map: DataMap, origin: ResultColumn, at: number): void {
  const table = map.find(origin.table ?? '', origin.schema);
  if (table === undefined) return;
  const column = (origin.column ?? '').toLowerCase();
  if (column === table.id) push(sorted.ids, table, at);
  const fields = table.fields.get(column) ?? [];
  for (const field of fields) sorted.fields.add(field);
  if (fields.length > 0) push(sorted.data, table, at);
}

/**
 * Columns that say whose the data of a table is. An origin does not tell one reading of a table from
 * another, so that a table read twice needs its person's column twice.
 */
function personsOf(
  table: MappedTable,
  { ids, declaredPersons }: Sorted,
  { instances, equalIds }: PlanInput['facts'],
): readonly number[] | undefined {
  const own = [...(ids.get(table) ?? []), ...(declaredPersons.get(table.person) ?? [])];
  const times = instances.get(table) ?? 1;
  if (own.length >= Math.max(1, times)) return own;
  if (times > 1) return undefined;
  const joined = equalTo(table, equalIds).flatMap((each) => {
    return (instances.get(each) ?? 1) > 1 ? [] : (ids.get(each) ?? []);
  });
  return joined.length > 0 ? joined : undefined;
}

/** Tables whose rows concern the same person as this one's, through any number of joins. */
function equalTo(table: MappedTable, pairs: TextFacts['equalIds']): readonly MappedTable[] {
  const reached = new Set([table]);
  for (const from of reached) {
    for (const [left, right] of pairs) {
      if (left === from) reached.add(right);
      if (right === from) reached.add(left);
    }
  }
  reached.delete(table);
  return [...reached];
}

/** All person columns there are, by type: what an expression is worked out of can't be told. */
function anyPersons({ ids, declaredPersons }: Sorted): readonly (readonly [string, readonly number[]])[] {
  const all = new Map<string, number[]>();
  for (const [type, at] of declaredPersons) all.set(type, [...at]);
  for (const [{ person }, at] of ids) for (const each of at) push(all, person, each);
  return [...all];
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
