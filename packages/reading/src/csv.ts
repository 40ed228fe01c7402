import type { ShownEntry } from './shown-entry.ts';
import { plainText } from './plain-text.ts';
import { actorText, listText, personText, roleOf } from './persons-text.ts';

/** Columns of the CSV, in order. Later versions add at the end. */
export const CSV_COLUMNS: readonly string[] = [
  ...['index', 'id', 'kind', 'occurred', 'recorded', 'actor_kind', 'actor', 'role', 'on_behalf_of'],
  ...['action', 'operation', 'service', 'activity', 'subjects', 'fields', 'recipient', 'outcome'],
  ...['of', 'confidential', 'flags'],
];

/** An entry as the cells of {@link CSV_COLUMNS}. */
export function csvCells({ object }: ShownEntry): readonly string[] {
  const text = (key: string): string => plainText(object[key]);
  const actor = object['actor'];
  const kind = typeof actor === 'object' && actor !== null && 'kind' in actor ? plainText(actor.kind) : '';
  const subjects = object['subjects'];
  return [
    ...['index', 'id', 'kind', 'occurred', 'recorded'].map(text),
    kind,
    actorText(object),
    roleOf(object),
    personText(object['onBehalfOf']),
    ...['action', 'operation', 'service', 'activity'].map(text),
    Array.isArray(subjects) ? subjects.map(subjectCell).join('; ') : '',
    listText(object['fields']).join('; '),
    ...['recipient', 'outcome', 'of', 'confidential'].map(text),
    listText(object['flags']).join('; '),
  ];
}

function subjectCell(subject: unknown): string {
  const involvement =
    typeof subject === 'object' && subject !== null && 'involvement' in subject
      ? plainText(subject.involvement)
      : '';
  return `${personText(subject)} (${involvement})`;
}

/**
 * What a spreadsheet takes for the beginning of a formula (OWASP, CSV Injection), also in full width; it may pass over
 * blanks before it.
 */
const SIGN = '[=+\\-@|%\uFF1D\uFF0B\uFF0D\uFF20]';
const FORMULA = new RegExp(`^(?:[\\t\\r\\n]|\\s*${SIGN})`);
/**
 * The same within a cell, where one may begin for a spreadsheet that divides by semicolons or tabs, as those of many
 * countries do: to it the quotes around our cells are none.
 */
const FORMULA_WITHIN = new RegExp(`([;\\t\\r\\n][\\s"]*)(?=${SIGN})`, 'g');

/**
 * One record of RFC 4180, with its line end. A cell that a spreadsheet would run begins with an apostrophe; so does what
 * it would run within one.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string): string {
  const text = (FORMULA.test(value) ? `'${value}` : value).replace(FORMULA_WITHIN, "$1'").toWellFormed();
  return /[",\r\n\t;']/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}
