/** Key of an activity, field, role, recipient or event. */
export const KEY: RegExp = /^[a-z][a-z0-9-]{0,63}$/;

/** Type of a person (format v1 §3). */
export const PERSON_TYPE: RegExp = /^[a-z][a-z0-9-]{0,31}$/;

/** Name of a table or column in the service's own database. */
export const COLUMN_NAME: RegExp = /^[A-Za-z_][A-Za-z0-9_$]{0,127}$/;

/** `table.column`. A schema before the table belongs to its name. */
export const COLUMN: RegExp = /^(?:[A-Za-z_][A-Za-z0-9_$]{0,127}\.){1,2}[A-Za-z_][A-Za-z0-9_$]{0,127}$/;

/** Table, optionally with its schema. `__proto__` would be no key like another in JavaScript. */
export const TABLE: RegExp =
  /^(?!__proto__$)(?:[A-Za-z_][A-Za-z0-9_$]{0,127}\.)?[A-Za-z_][A-Za-z0-9_$]{0,127}$/;

/** Shape of an ISO 3166-1 alpha-2 country code. */
export const COUNTRY: RegExp = /^[A-Z]{2}$/;

/** ISO 8601-1 §5.5.2.2 duration in calendar units only: terms are never hours. */
export const PERIOD: RegExp = /^P(?=\d)(?:\d{1,4}Y)?(?:\d{1,4}M)?(?:\d{1,4}W)?(?:\d{1,4}D)?$/;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Whether the text is a day that exists, as `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00.000Z`);
  // Date.parse rolls 30 February over to March; only a real day comes back as it went in.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Whether Intl knows the time zone. Offsets such as `+01:00` are no zones: they know no summer time. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
