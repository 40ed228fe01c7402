import type { Parameters } from '../write-plan.ts';

export const none: Parameters = Object.freeze({ positions: [], names: {} });

/** Values as better-sqlite3 takes them: one after another, in arrays, and named ones in an object. */
export function bindings(values: readonly unknown[]): Parameters {
  const positions: unknown[] = [];
  let names: Readonly<Record<string, unknown>> = {};
  for (const value of values) {
    if (Array.isArray(value)) positions.push(...(value as unknown[]));
    else if (isNames(value)) names = value;
    else positions.push(value);
  }
  return { positions, names };
}

function isNames(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !(value instanceof Uint8Array);
}
