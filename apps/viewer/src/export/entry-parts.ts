import type { EntryObject } from '@zegel/reading';

/** Writes a field for a cell. */
export type FieldReader = (value: unknown) => string;

/** Whether a value of an entry is an object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whoever is not a system is a human being (product rule 13); empty where nobody acted. */
export function actorClass(object: EntryObject): 'human' | 'automated' | '' {
  const actor = object['actor'];
  if (!isRecord(actor)) return '';
  return actor['kind'] === 'system' ? 'automated' : 'human';
}
