/** Since 1973 the offsets of all time zones change on a quarter of an hour. */
const QUARTER = 900_000;
const FROM = Date.UTC(1973, 0);
/** Until then a year has four digits, whatever the zone. */
const TO = Date.UTC(9999, 0);
/** Quarters kept: a year and a bit. */
const MOST_KEPT = 40_000;

type Clock = (ms: number) => string;

const clocks = new Map<string, Clock>();

/** `2026-11-22 13:00:00` in a zone, from the log's form of time; the text itself when it is no time. */
export function localTime(text: unknown, timeZone: string): string {
  return typeof text === 'string' ? clockText(text, clockOf(timeZone)) : String(text);
}

/**
 * Makes a function that writes the log's times as a zone's clock shows them, `2026-11-22 13:00:00`, the form that
 * spreadsheets take for a time. A text that is no time stays as it is; what is no text gives nothing.
 */
export function zonedTime(timeZone: string): (text: unknown) => string {
  const clock = clockOf(timeZone);
  return (text) => (typeof text === 'string' ? clockText(text, clock) : '');
}

function clockText(text: string, clock: Clock): string {
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? text : clock(ms);
}

// Making one takes a hundred times as long as using it.
function clockOf(timeZone: string): Clock {
  const kept = clocks.get(timeZone);
  if (kept !== undefined) return kept;
  const made = newClock(timeZone);
  clocks.set(timeZone, made);
  return made;
}

function newClock(timeZone: string): Clock {
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
  return (ms) =>
    ms < FROM || ms >= TO
      ? format.format(ms)
      : new Date(ms + offsetAt(ms)).toISOString().slice(0, 19).replace('T', ' ');
}
