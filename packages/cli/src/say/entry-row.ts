import type { CompiledRegister } from '@zegel/log';
import {
  activityName,
  actorText,
  listText,
  localTime,
  plainText,
  roleOf,
  type ShownEntry,
  subjectTexts,
} from '@zegel/reading';

/** Names of the columns of {@link entryRow}. */
export const ENTRY_COLUMNS = [
  'index',
  'time',
  'who',
  'role',
  'action',
  'activity',
  'whose',
  'fields',
  'outcome',
] as const;

/** Most subjects and fields told in a row. */
const MOST_TOLD = 3;

/** An entry as a row of a table. */
export function entryRow(
  { index, object }: ShownEntry,
  register: CompiledRegister,
  timeZone: string,
): readonly string[] {
  return [
    String(index),
    localTime(object['occurred'], timeZone),
    actorText(object),
    roleOf(object),
    plainText(object['action'] ?? object['kind']),
    typeof object['activity'] === 'string' ? activityName(register, object['activity'], 'en') : '',
    few(subjectTexts(object)),
    few(listText(object['fields'])),
    plainText(object['outcome']),
  ];
}

function few(all: readonly string[]): string {
  const rest = all.length - MOST_TOLD;
  return all.slice(0, MOST_TOLD).join(',') + (rest > 0 ? `,+${rest}` : '');
}
