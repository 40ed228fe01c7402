import { type EntryObject, listText, type Person, plainText, roleOf } from '@zegel/reading';
import { actorClass, type FieldReader, isRecord } from './entry-parts.ts';

/** Whether a person's data were looked at, or they did the looking. */
export type Direction = 'subject' | 'actor';

/** One line of a person's view: nobody else in it, neither by key nor by pseudonym. */
export type PersonRow = Readonly<Record<string, string | number | boolean | readonly string[]>>;

const WHEN_AND_WHO = ['index', 'kind', 'occurred', 'recorded', 'class', 'role', 'actor_is_person'];
const WHAT = ['action', 'operation', 'service', 'activity', 'fields', 'recipient', 'outcome', 'of', 'flags'];

/** Columns of a person's table, in order. Later versions add at the end. */
export const PERSON_COLUMNS: Readonly<Record<Direction, readonly string[]>> = {
  subject: [...WHEN_AND_WHO, 'involvement', ...WHAT, 'confidential', 'occurred_utc', 'recorded_utc'],
  actor: [...WHEN_AND_WHO, 'subject_count', ...WHAT, 'confidential', 'occurred_utc', 'recorded_utc'],
};

/**
 * What an entry tells about one person. Others are left out: who acted is told by class and role alone, other subjects not
 * at all, or for who did the looking by their number. Sealed parts and the entry's mentions stay behind too.
 */
export function personRow(
  object: EntryObject,
  person: Person,
  direction: Direction,
  time: FieldReader,
): PersonRow {
  const { actor } = object;
  const own = isRecord(actor) && isSame(actor['person'], person);
  const about =
    direction === 'actor'
      ? { subject_count: countOf(object) }
      : { involvement: involvementsOf(object, person) };
  return {
    index: Number(object['index']),
    kind: plainText(object['kind']),
    occurred: time(object['occurred']),
    recorded: time(object['recorded']),
    class: actorClass(object),
    role: roleOf(object),
    actor_is_person: own,
    ...about,
    ...Object.fromEntries(
      ['action', 'operation', 'service', 'activity'].map((key) => [key, told(object, key)]),
    ),
    fields: listText(object['fields']),
    ...Object.fromEntries(['recipient', 'outcome', 'of'].map((key) => [key, told(object, key)])),
    flags: listText(object['flags']),
    confidential: object['confidential'] === true,
    occurred_utc: plainText(object['occurred']),
    recorded_utc: plainText(object['recorded']),
  };
}

/** A row as the cells of {@link PERSON_COLUMNS}. */
export function personCells(row: PersonRow, direction: Direction): readonly string[] {
  return PERSON_COLUMNS[direction].map((column) => {
    const value = row[column] ?? '';
    return typeof value === 'object' ? value.join('; ') : String(value);
  });
}

/** Whether what an entry shows at some place is this person. */
function isSame(shown: unknown, { type, id }: Person): boolean {
  return isRecord(shown) && shown['type'] === type && shown['id'] === id;
}

function involvementsOf(object: EntryObject, person: Person): readonly string[] {
  const subjects = object['subjects'];
  const own = Array.isArray(subjects) ? subjects.filter((one) => isSame(one, person)) : [];
  return [...new Set(own.map((one) => (isRecord(one) ? plainText(one['involvement']) : '')))];
}

function countOf(object: EntryObject): number {
  const { subjects, subjectCount } = object;
  if (typeof subjectCount === 'number') return subjectCount;
  return Array.isArray(subjects) ? subjects.length : 0;
}

function told(object: EntryObject, key: string): string {
  return plainText(object[key]);
}
