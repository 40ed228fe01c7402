import type { Person } from '@zegel/capture';
import type { Group, ResultPlan } from './result-plan.ts';

/** A row as a driver gives it: by place, or by the column's name. */
export type Row = readonly unknown[] | Readonly<Record<string, unknown>>;

/** Where a row keeps the value of a result column: the column's place, or its name. */
export type Keys = readonly (string | number)[];

/** Who is in some rows. */
export interface Found {
  readonly persons: readonly Person[];
  /** Some row holds personal data and names nobody. */
  readonly nobody: boolean;
}

/** Finds the persons of rows, each once. A row that an outer join left empty names nobody and holds nothing. */
export function personsOfRows(plan: Pick<ResultPlan, "groups" | "nobody">, rows: readonly Row[], keys: Keys): Found {
  const persons: Person[] = [];
  let nobody = plan.nobody.length > 0 && rows.length > 0;
  const seen = new Map<string, Set<unknown>>();
  for (const group of plan.groups) {
    const ids = seen.get(group.type) ?? new Set();
    seen.set(group.type, ids);
    if (!idsOfRows(group, rows, keys, ids)) nobody = true;
  }
  for (const [type, ids] of seen) for (const id of ids) persons.push({ type, id: idText(id) });
  return { persons, nobody };
}

/** Adds the ids of a group; false where some row holds data and no id. */
function idsOfRows(group: Group, rows: readonly Row[], keys: Keys, ids: Set<unknown>): boolean {
  const places = group.persons.map((at) => keys[at] ?? at);
  let sure = true;
  for (const row of rows) {
    let named = false;
    for (const place of places) {
      const id = (row as Readonly<Record<string | number, unknown>>)[place];
      if (id === null || id === undefined) continue;
      ids.add(id);
      named = true;
    }
    if (!named && holdsData(group, row, keys)) sure = false;
  }
  return sure;
}

function holdsData(group: Group, row: Row, keys: Keys): boolean {
  return group.data.some((at) => {
    const value = (row as Readonly<Record<string | number, unknown>>)[keys[at] ?? at];
    return value !== null && value !== undefined;
  });
}

/** An id as the log takes it: numbers in decimal, bytes in hexadecimal. */
export function idText(id: unknown): string {
  if (typeof id === 'string') return id;
  if (id instanceof Uint8Array) return Buffer.from(id).toString('hex');
  return String(id as number | bigint | boolean);
}
