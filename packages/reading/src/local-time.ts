/** `2026-11-22 13:00:00` in a zone, from the log's form of time; the text itself when it is no time. */
export function localTime(text: unknown, timeZone: string): string {
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) return String(text);
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone }).format(ms);
}
