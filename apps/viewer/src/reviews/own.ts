import { parseUuid } from '@zegel/core';
import type { StoredEntry, VaultReader } from '@zegel/log';
import { isKnown, parseBody, personOf, POSITION } from '@zegel/reading';

/** Types under which a user of the viewer acts: as such, and as a member of staff by the same name. */
const OWN_TYPES: ReadonlySet<string> = new Set(['operator', 'employee']);

/**
 * Whether an entry tells of something that this user did, or had done in their name: accesses, consultations of the log,
 * reviews. Nobody reviews those of their own. Where the vault can't tell any more who acted, they are nobody's.
 */
export function isOwn(vault: VaultReader, entry: StoredEntry, user: string): boolean {
  const body = parseBody(entry);
  if (body === undefined) return false;
  const id = parseUuid(body.id);
  const places = [
    [POSITION.actor, body.actor?.person],
    [POSITION.onBehalfOf, body.onBehalfOf],
  ] as const;
  return places.some(([position, mention]) => {
    const person = mention && personOf(vault, id, position, mention);
    return person !== undefined && isKnown(person) && OWN_TYPES.has(person.type) && person.id === user;
  });
}
