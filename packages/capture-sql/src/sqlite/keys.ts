import type { Keys } from '../persons-of-rows.ts';
import type { ResultColumn } from '../result-plan.ts';

const known = new WeakMap<readonly ResultColumn[], Keys>();

/** Where an object row keeps each column: under its name. */
export function keysOf(columns: readonly ResultColumn[]): Keys {
  const ready = known.get(columns);
  if (ready !== undefined) return ready;
  const keys = columns.map(({ name }) => name);
  known.set(columns, keys);
  return keys;
}

/** Rows of `expand()`, in which columns stand by table, as rows by place. `$` has those without one. */
export function expanded(
  rows: readonly unknown[],
  columns: readonly ResultColumn[],
): readonly (readonly unknown[])[] {
  return rows.map((row) => {
    const tables = row as Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
    return columns.map(({ table, name }) => tables[table ?? '$']?.[name]);
  });
}
