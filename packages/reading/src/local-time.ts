const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-22 13:00:00` in a zone, from the log's form of time; the text itself when it is no time. */
export function localTime(text: unknown, timeZone: string): string {
  const ms = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? String(text) : formatIn(timeZone).format(ms);
}

// Making one takes a hundred times as long as using it.
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const kept = formats.get(timeZone);
  if (kept !== undefined) return kept;
  const made = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  formats.set(timeZone, made);
  return made;
}
