import type { VaultReader } from '@zegel/log';
import { type EntryObject, listText, plainText, roleOf, type ShownEntry } from '@zegel/reading';
import { tokenOf } from '@zegel/search';
import { actorClass, isRecord } from '../export/entry-parts.ts';
import type { Pseudonym } from '../views/person.tsx';

/** An entry as a row of a page: persons by pseudonym, times in a zone. */
export interface Line {
  readonly index: number;
  readonly kind: string;
  /** `YYYY-MM-DD` and `HH:mm:ss`. */
  readonly day: string;
  readonly time: string;
  readonly action: string;
  /** Key, without the version. */
  readonly activity: string;
  readonly class: 'human' | 'automated' | '';
  readonly actorKind: string;
  readonly actor: Pseudonym | undefined;
  readonly role: string;
  readonly onBehalfOf: Pseudonym | undefined;
  readonly subjects: readonly Pseudonym[];
  /** Of the whole event, where it is split. */
  readonly subjectCount: number;
  readonly fields: readonly string[];
  readonly recipient: string;
  readonly outcome: string;
  readonly confidential: boolean;
}

type Vault = Pick<VaultReader, 'personKey'>;

/** Makes a row of an entry. @param time a zone's clock, `YYYY-MM-DD HH:mm:ss` */
export function lineOf({ index, object }: ShownEntry, vault: Vault, time: (text: unknown) => string): Line {
  const { actor, subjects, subjectCount } = object;
  const [day = '', clock = ''] = time(object['occurred']).split(' ');
  const persons = Array.isArray(subjects) ? subjects.map((one) => pseudonymOf(vault, one)) : [];
  return {
    ...{ index, day, time: clock, kind: plainText(object['kind']), action: plainText(object['action']) },
    activity: plainText(object['activity']).split('@', 1)[0] ?? '',
    class: actorClass(object),
    actorKind: isRecord(actor) ? plainText(actor['kind']) : '',
    actor: isRecord(actor) && actor['person'] !== undefined ? pseudonymOf(vault, actor['person']) : undefined,
    role: roleOf(object),
    onBehalfOf: behalfOf(object, vault),
    subjects: persons,
    subjectCount: typeof subjectCount === 'number' ? subjectCount : persons.length,
    fields: listText(object['fields']),
    recipient: plainText(object['recipient']),
    outcome: plainText(object['outcome']),
    confidential: object['confidential'] === true,
  };
}

/** What stands for a person on a page; without a token where the vault can't tell. */
export function pseudonymOf(vault: Vault, person: unknown): Pseudonym {
  if (!isRecord(person)) return { type: 'unknown', token: undefined };
  const { type, id } = person;
  if (typeof type !== 'string' || typeof id !== 'string') return { type: 'unknown', token: undefined };
  return { type, token: tokenOf(vault, type, id) };
}

function behalfOf(object: EntryObject, vault: Vault): Pseudonym | undefined {
  return object['onBehalfOf'] === undefined ? undefined : pseudonymOf(vault, object['onBehalfOf']);
}
