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
  const [first] = plan.groups;
  if (first !== undefined && !addPersons(first, rows, keys, persons)) nobody = true;
  if (plan.groups.length > 1 && !addOthers(plan.groups, rows, keys, persons)) nobody = true;
  return { persons, nobody };
}

/** Adds the persons of all groups but the first. Tables joined by the person have the same columns to name it. */
function addOthers(groups: readonly Group[], rows: readonly Row[], keys: Keys, persons: Person[]): boolean {
  let sure = true;
  for (const [at, group] of groups.entries()) {
    if (at === 0) continue;
    const known = groups.findIndex(
      (each) => each.type === group.type && sameNumbers(each.persons, group.persons),
    );
    if (!addPersons(group, rows, keys, known < at ? undefined : persons)) sure = false;
  }
  return sure;
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}

/** Adds the persons of a group, if any are to be added; false where some row holds data and names nobody. */
function addPersons(group: Group, rows: readonly Row[], keys: Keys, persons: Person[] | undefined): boolean {
  const { type } = group;
  const places = placesOf(group.persons, keys);
  const [only] = places;
  if (only !== undefined && places.length === 1 && rows.length <= FEW)
    return addNamed(group, rows, keys, only, persons);
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

/** The same for a few rows with one column that names the person, which is what most results are. */
function addNamed(
  group: Group,
  rows: readonly Row[],
  keys: Keys,
  place: string | number,
  persons: Person[] | undefined,
): boolean {
  const { type } = group;
  let sure = true;
  let last: unknown;
  for (const row of rows) {
    const id = (row as Readonly<Record<string | number, unknown>>)[place];
    if (id === null || id === undefined) sure &&= !holdsData(group, row, keys);
    else if (id !== last) persons?.push({ type, id: typeof id === 'string' ? id : idText(id) });
    last = id;
  }
  return sure;
}

function placesOf(numbers: readonly number[], keys: Keys): Keys {
  const places: (string | number)[] = [];
  for (const at of numbers) places.push(keys[at] ?? at);
  return places;
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
  return String(id);
}
