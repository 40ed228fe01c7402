import type { VaultReader } from '@zegel/log';
import { listText, plainText, roleOf, type ShownEntry } from '@zegel/reading';
import { actorClass, type FieldReader, isRecord } from './entry-parts.ts';
import { wholePseudonym } from './whole-pseudonym.ts';

/** Columns of a query's table, in order. Later versions add at the end. */
export const QUERY_COLUMNS: readonly string[] = [
  ...['index', 'id', 'kind', 'occurred', 'recorded', 'class', 'actor_kind', 'actor', 'role', 'on_behalf_of'],
  ...['action', 'operation', 'service', 'activity', 'subjects', 'subject_count', 'fields', 'recipient'],
  ...['outcome', 'of', 'confidential', 'flags', 'result', 'occurred_utc', 'recorded_utc'],
];

/** An entry as the cells of {@link QUERY_COLUMNS}: persons by pseudonym, times in a zone and exactly. */
export function queryCells(
  { object }: ShownEntry,
  vault: Pick<VaultReader, 'personKey'>,
  time: FieldReader,
): readonly string[] {
  const text = (key: string): string => plainText(object[key]);
  const { actor, subjects } = object;
  return [
    ...['index', 'id', 'kind'].map(text),
    time(object['occurred']),
    time(object['recorded']),
    actorClass(object),
    isRecord(actor) ? plainText(actor['kind']) : '',
    isRecord(actor) ? wholePseudonym(vault, actor['person']) : '',
    roleOf(object),
    wholePseudonym(vault, object['onBehalfOf']),
    ...['action', 'operation', 'service', 'activity'].map(text),
    Array.isArray(subjects) ? subjects.map((one) => subjectCell(vault, one)).join('; ') : '',
    text('subjectCount'),
    listText(object['fields']).join('; '),
    ...['recipient', 'outcome', 'of', 'confidential'].map(text),
    listText(object['flags']).join('; '),
    ...['result', 'occurred', 'recorded'].map(text),
  ];
}

function subjectCell(vault: Pick<VaultReader, 'personKey'>, subject: unknown): string {
  const involvement = isRecord(subject) ? plainText(subject['involvement']) : '';
  return `${wholePseudonym(vault, subject)} (${involvement})`;
}
