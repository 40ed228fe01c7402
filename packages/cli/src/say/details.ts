import { type EntryObject, personText, plainText, visible } from '@zegel/reading';

/** Keys told first and in this order; the others follow as they stand. */
const FIRST = ['index', 'id', 'kind', 'occurred', 'recorded'];

/** Everything an entry says, a line per key. */
export function detailLines(object: EntryObject): readonly string[] {
  const keys = [
    ...FIRST.filter((key) => key in object),
    ...Object.keys(object).filter((key) => !FIRST.includes(key)),
  ];
  const rows = keys.flatMap((key) => rowsOf(key, object[key]));
  const width = Math.max(...rows.map(([key]) => key.length));
  return rows.map(([key, value]) => `${key.padEnd(width)}  ${visible(value)}`);
}

type Row = readonly [key: string, value: string];

function rowsOf(key: string, value: unknown): readonly Row[] {
  if (key === 'actor') return actorRows(value);
  if (key === 'onBehalfOf') return [[key, personText(value)]];
  if (key === 'subjects' && Array.isArray(value))
    return value.map((subject) => [key, subjectText(subject)] as const);
  if (key === 'sealed' && Array.isArray(value)) return value.map(sealedRow);
  return [[key, plain(value)]];
}

function actorRows(value: unknown): readonly Row[] {
  if (typeof value !== 'object' || value === null) return [];
  const { kind, role, person } = value as { kind?: unknown; role?: unknown; person?: unknown };
  const who = person === undefined ? plainText(kind) : `${personText(person)} (${plainText(kind)})`;
  return [['actor', role === undefined ? who : `${who}, role ${plainText(role)}`]];
}

function subjectText(subject: unknown): string {
  const involvement =
    typeof subject === 'object' && subject !== null && 'involvement' in subject
      ? subject.involvement
      : undefined;
  return `${personText(subject)} (${plainText(involvement)})`;
}

function sealedRow(sealed: unknown): Row {
  const { part, value } = sealed as { part?: unknown; value?: unknown };
  return [`sealed ${plainText(part)}`, value === undefined ? 'can no longer be opened' : plain(value)];
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value.join(', ');
  return JSON.stringify(value) ?? '';
}
