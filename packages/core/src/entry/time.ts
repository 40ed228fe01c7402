import { assert } from '../errors.ts';

const FIRST_MS = -62_167_219_200_000; // 0000-01-01T00:00:00.000Z
const LAST_MS = 253_402_300_799_999; // 9999-12-31T23:59:59.999Z

// The entries of a log run through few days: the last one seen is kept, so that most times cost a few character reads.
let knownDay = '1970-01-01';
let knownDayMs = 0;
// What is sealed in one go mostly happened in the same millisecond.
let lastMs = 0;
let lastText = '1970-01-01T00:00:00.000Z';

/**
 * Milliseconds since 1970 as the only form a time has in an entry: `YYYY-MM-DDTHH:mm:ss.sssZ`
 * (format v1 §1). `ms` must be a whole number within the years 0000 to 9999.
 */
export function timeText(ms: number): string {
  assert(
    Number.isSafeInteger(ms) && ms >= FIRST_MS && ms <= LAST_MS,
    'a time lies within the years 0000 to 9999',
  );
  if (ms !== lastMs) {
    lastText = new Date(ms).toISOString();
    lastMs = ms;
  }
  return lastText;
}

/** Milliseconds since 1970 of a time in the form of {@link timeText}; undefined for any other text. */
export function parseTime(text: string): number | undefined {
  if (text.length !== 24 || !isPunctuated(text)) return undefined;
  const hours = digits(text, 11, 2);
  const minutes = digits(text, 14, 2);
  const seconds = digits(text, 17, 2);
  const rest = digits(text, 20, 3);
  if (!(hours < 24 && minutes < 60 && seconds < 60 && rest >= 0)) return undefined;
  const day = text.startsWith(knownDay) ? knownDayMs : parseDay(text.slice(0, 10));
  return day === undefined ? undefined : day + hours * 3_600_000 + minutes * 60_000 + seconds * 1000 + rest;
}

/** Milliseconds since 1970 at the start (UTC) of a day `YYYY-MM-DD`; undefined for any other text. */
export function parseDay(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const ms = Date.parse(`${text}T00:00:00.000Z`);
  // Date.parse takes the 30th of February for a day in March; only the way back tells.
  if (Number.isNaN(ms) || timeText(ms).slice(0, 10) !== text) return undefined;
  knownDay = text;
  knownDayMs = ms;
  return ms;
}

function isPunctuated(text: string): boolean {
  return text[10] === 'T' && text[13] === ':' && text[16] === ':' && text[19] === '.' && text[23] === 'Z';
}

// NaN for anything but digits, which fails every comparison.
function digits(text: string, at: number, count: number): number {
  let value = 0;
  for (let i = at; i < at + count; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}
