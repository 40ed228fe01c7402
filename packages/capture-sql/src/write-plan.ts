import type { Person } from '@zegel/capture';
import type { MappedTable } from './data-map.ts';
import { idText } from './persons-of-rows.ts';
import type { ResultPlan } from './result-plan.ts';
import type { TextFacts, TextWrite } from './sql/facts.ts';
import { isWord } from './sql/places.ts';
import type { ValueSource } from './sql/values.ts';

/** What a statement changes of whose data. */
export interface WritePlan {
  readonly fields: readonly string[];
  readonly type: string | undefined;
  /** Where the persons' ids come from, as far as the statement says it. */
  readonly ids: readonly ValueSource[] | undefined;
  /** Columns of the rows it returns that name the persons, if there are such. */
  readonly returned: readonly number[] | undefined;
}

/** Whether a column of a mapped table was read, as far as the driver can tell. */
export type WasRead = (table: MappedTable, column: string) => boolean;

/** Plans what to tell of a statement's changes; empty for one that changes no personal data. */
export function planWrites(
  facts: TextFacts,
  result: ResultPlan | undefined,
  wasRead: WasRead,
): readonly WritePlan[] {
  const plans = facts.writes.flatMap((write) => {
    return write.table === undefined ? copied(facts, wasRead) : [changed(write, write.table, result)];
  });
  if (isCopy(facts)) plans.push(...copied(facts, wasRead));
  return plans.filter(({ fields }) => fields.length > 0);
}

function changed({ facts, depth }: TextWrite, table: MappedTable, result: ResultPlan | undefined): WritePlan {
  const columns = facts?.columns ?? [...table.fields.keys()];
  const fields = new Set(columns.flatMap((column) => table.fields.get(column) ?? []));
  // What a change inside `with` returns may not all come out.
  const sure = depth === 0 && facts?.moves !== true;
  const returned = sure ? result?.ids.get(table) : undefined;
  return { fields: [...fields].toSorted(), type: table.person, ids: facts?.ids, returned };
}

/** Personal data put into a table that the register does not know: whose it is, nobody can tell any more. */
function copied({ mentions }: TextFacts, wasRead: WasRead): WritePlan[] {
  const fields = new Set<string>();
  for (const { tables, filter } of mentions) {
    if (filter) continue;
    for (const table of tables) {
      const read = [...table.fields].filter(([column]) => wasRead(table, column));
      for (const key of read.flatMap(([, keys]) => keys)) fields.add(key);
    }
  }
  return [{ fields: [...fields].toSorted(), type: undefined, ids: undefined, returned: undefined }];
}

/** `create table … as`, `select … into`, and COPY, which hands rows out by a way of its own. */
function isCopy({ tokens, verb, writes }: TextFacts): boolean {
  if (writes.length > 0) return false;
  if (verb === 'copy') return true;
  if (verb === 'create')
    return (
      tokens.slice(0, 8).some((token) => isWord(token, 'table', 'materialized')) &&
      tokens.some((token) => isWord(token, 'as'))
    );
  return verb === 'select' && tokens.some((token) => isWord(token, 'into'));
}

/** Parameters of one execution. */
export interface Parameters {
  readonly positions: readonly unknown[];
  readonly names: Readonly<Record<string, unknown>>;
}

/** The persons whom the values name; undefined where one is missing. */
export function personsOfValues(
  { ids, type }: WritePlan,
  parameters: Parameters,
): readonly Person[] | undefined {
  if (ids === undefined || type === undefined) return undefined;
  const found = new Set<string>();
  for (const source of ids) {
    const value = valueOf(source, parameters);
    if (value === undefined || value === null) return undefined;
    found.add(idText(value));
  }
  return [...found].map((id) => ({ type, id }));
}

function valueOf(source: ValueSource, { positions, names }: Parameters): unknown {
  switch (source.kind) {
    case 'literal':
      return source.value;
    case 'position':
      return positions[source.index];
    case 'name':
      return Object.hasOwn(names, source.name) ? names[source.name] : undefined;
    default:
      return source satisfies never;
  }
}
