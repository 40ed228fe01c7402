import type { Problems } from './outcome.ts';

/** A JSON object of unknown content. */
export type Fields = Readonly<Record<string, unknown>>;

/** Whether a value read by JSON.parse is an object. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path of keys; undefined where a step is missing. Only own keys count: `__proto__` is data. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let here = value;
  for (const key of path) {
    if (!isFields(here) || !Object.hasOwn(here, key)) return undefined;
    here = here[key];
  }
  return here;
}

/** The text at a path, if it is text, well-formed and not blank. */
export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const text = at(value, ...path);
  return typeof text === 'string' && text.trim() !== '' && text.isWellFormed() ? text : undefined;
}

/** The list at a key: empty when absent or null; anything else than a list is a problem. */
export function listAt(value: unknown, key: string, problems: Problems): readonly unknown[] {
  const list = at(value, key);
  if (Array.isArray(list)) return list as readonly unknown[];
  if (list !== undefined && list !== null) problems.push(`${key} is not a list`);
  return [];
}
