/** Offsets of time zones change on a quarter of an hour. */
const QUARTER = 900_000;
/** A year and a bit in quarters. */
const MOST_KEPT = 40_000;

/**
 * Makes a function that writes the log's times as a zone's clock shows them, `2026-11-22 13:00:00`, the form that
 * spreadsheets take for a time. What is no time stays as it is; nothing gives nothing.
 */
export function zonedTime(timeZone: string): (text: unknown) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  const offsets = new Map<number, number>();
  const offsetAt = (ms: number): number => {
    const quarter = Math.floor(ms / QUARTER);
    const kept = offsets.get(quarter);
    if (kept !== undefined) return kept;
    // Asking Intl for each of some millions of times would take longer than all the rest.
    const offset = Date.parse(`${format.format(quarter * QUARTER).replace(' ', 'T')}Z`) - quarter * QUARTER;
    if (offsets.size >= MOST_KEPT) offsets.clear();
    offsets.set(quarter, offset);
    return offset;
  };
  return (text) => {
    if (typeof text !== 'string') return '';
    const ms = Date.parse(text);
    if (Number.isNaN(ms)) return text;
    return new Date(ms + offsetAt(ms)).toISOString().slice(0, 19).replace('T', ' ');
  };
}
