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

/** Up to so many rows, telling a person twice is cheaper than looking whether that was done: who is told keeps each once. */
const FEW = 64;

/** Finds the persons of rows. A row that an outer join left empty names nobody and holds nothing. */
export function personsOfRows(
  plan: Pick<ResultPlan, 'groups' | 'nobody'>,
  rows: readonly Row[],
  keys: Keys,
): Found {
  const persons: Person[] = [];
  let nobody = plan.nobody.length > 0 && rows.length > 0;
  const told = new Set<string>();
  for (const group of plan.groups) {
    // Tables joined by the person have the same columns to name it.
    const same = `${group.type}/${group.persons.join()}`;
    if (!addPersons(group, rows, keys, told.has(same) ? undefined : persons)) nobody = true;
    if (plan.groups.length > 1) told.add(same);
  }
  return { persons, nobody };
}

/** Adds the persons of a group, if any are to be added; false where some row holds data and names nobody. */
function addPersons(group: Group, rows: readonly Row[], keys: Keys, persons: Person[] | undefined): boolean {
  const { type } = group;
  const places = group.persons.map((at) => keys[at] ?? at);
  const seen = rows.length > FEW ? new Set<unknown>() : undefined;
  let last: unknown;
  let sure = true;
  for (const row of rows) {
    let named = false;
    for (const place of places) {
      const id = (row as Readonly<Record<string | number, unknown>>)[place];
      if (id === null || id === undefined) continue;
      named = true;
      if (persons === undefined || id === last || seen?.has(id) === true) continue;
      last = id;
      seen?.add(id);
      persons.push({ type, id: idText(id) });
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
