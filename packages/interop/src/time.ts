// FHIR instant and CloudTrail's eventTime: a full date, a time to the second or finer, a zone (RFC 3339 §5.6).
const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/**
 * A moment as entries write it, `YYYY-MM-DDTHH:mm:ss.sssZ` (format v1 §1); finer digits are cut off.
 * Undefined for everything that names no exact moment: a date alone, a time without zone, 30 February.
 */
export function instant(text: string | undefined): string | undefined {
  const match = text === undefined ? null : INSTANT.exec(text);
  if (text === undefined || match === null) return undefined;
  const [, year, month, day] = match;
  if (!isDate(Number(year), Number(month), Number(day))) return undefined;
  const moment = new Date(text);
  // A zone can carry the first and last hours of the calendar outside the four digits of a year.
  return moment.getUTCFullYear() >= 0 && moment.getUTCFullYear() <= 9999 ? moment.toISOString() : undefined;
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
