import type { VaultReader } from '@zegel/log';
import type { EntryObject } from '@zegel/reading';
import { tokenOf } from '@zegel/search';

/** A shown entry with a pseudonym `{type, token}` for everyone whom the vault could tell. */
export function pseudonymous(vault: VaultReader, object: EntryObject): EntryObject {
  const { actor, onBehalfOf, subjects } = object;
  const hide = (person: unknown): unknown => hidden(vault, person);
  return {
    ...object,
    ...(isObject(actor) && {
      actor: { ...actor, ...('person' in actor && { person: hide(actor['person']) }) },
    }),
    ...(onBehalfOf !== undefined && { onBehalfOf: hide(onBehalfOf) }),
    ...(Array.isArray(subjects) && { subjects: subjects.map(hide) }),
  };
}

function hidden(vault: VaultReader, person: unknown): unknown {
  if (!isObject(person)) return person;
  const { type, id, ...rest } = person;
  if (typeof type !== 'string' || typeof id !== 'string') return person;
  return { type, token: tokenOf(vault, type, id), ...rest };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
