import { QueryError } from './query-error.ts';

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
/** Since 1973 every zone changes its clock on a quarter of an hour in UTC, so one answer holds for the whole of it. */
const REGULAR = Date.UTC(1973, 0);
/** Quarters remembered per zone: the edges of some hundreds of bars. */
const MOST = 4096;
const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** Milliseconds that the wall clock of a time zone (IANA name) is ahead of UTC at the instant `ms`. @throws QueryError for an unknown zone */
export function zoneOffset(ms: number, timeZone: string): number {
  if (!(ms >= REGULAR)) return computedOffset(ms, timeZone);
  const quarter = Math.floor(ms / QUARTER);
  const known = offsets.get(timeZone);
  const kept = known?.get(quarter);
  if (kept !== undefined) return kept;
  const offset = computedOffset(ms, timeZone);
  if (known === undefined || known.size >= MOST) offsets.set(timeZone, new Map([[quarter, offset]]));
  else known.set(quarter, offset);
  return offset;
}

function computedOffset(ms: number, timeZone: string): number {
  const parts: Record<string, number> = {};
  for (const part of formatter(timeZone).formatToParts(ms)) parts[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  // Date.UTC reads years below 100 as 19xx, so date and time are set apart.
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  return wall.setUTCHours(hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

/**
 * The instant (ms) at which a wall-clock time, given as if it were UTC, is reached for the first
 * time in a zone. A time that a jump of the clock leaves out stands for the jump itself.
 */
export function wallToInstant(wall: number, timeZone: string): number {
  // Local time is monotone but for clocks put back by an hour or two: the earlier candidate wins.
  const candidates = [
    wall - zoneOffset(wall - 24 * HOUR, timeZone),
    wall - zoneOffset(wall + 24 * HOUR, timeZone),
  ];
  const exact = candidates.filter((ms) => ms + zoneOffset(ms, timeZone) === wall);
  return exact.length > 0 ? Math.min(...exact) : jumpAfter(wall, timeZone);
}

/** The first instant whose wall clock shows `wall` or later, for a wall time that never is shown. */
function jumpAfter(wall: number, timeZone: string): number {
  let low = wall - 36 * HOUR;
  let high = wall + 36 * HOUR;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle + zoneOffset(middle, timeZone) >= wall) high = middle;
    else low = middle;
  }
  return high;
}

/** Start of a calendar day (`YYYY-MM-DD`, plus `add` days) in a zone, in ms. */
export function dayStart(day: string, add: number, timeZone: string): number {
  const wall = new Date(`${day}T00:00:00Z`);
  return wallToInstant(wall.setUTCDate(wall.getUTCDate() + add), timeZone);
}

// Making one takes tens of milliseconds, so it waits until a query needs it.
function formatter(timeZone: string): Intl.DateTimeFormat {
  const kept = formatters.get(timeZone);
  if (kept !== undefined) return kept;
  const made = makeFormatter(timeZone);
  formatters.set(timeZone, made);
  return made;
}

function makeFormatter(timeZone: string): Intl.DateTimeFormat {
  const numeric = 'numeric' as const;
  try {
    return new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      ...{ timeZone, hourCycle: 'h23', year: numeric, month: numeric, day: numeric },
      ...{ hour: numeric, minute: numeric, second: numeric },
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new QueryError('zone-unknown', 0, 1, timeZone);
  }
}
