const MS_PER_DAY = 86_400_000;
const DAYS = Uint8Array.of(31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31);

/**
 * Milliseconds since 1970 of the 24 bytes of a time from `at` on, as {@link parseTime} reads them; NaN for
 * anything else. By calculation, as the times of a log that is written late run through many days at once.
 */
export function scanTime(bytes: Uint8Array, at: number): number {
  const year = two(bytes, at) * 100 + two(bytes, at + 2);
  const month = two(bytes, at + 5);
  const day = two(bytes, at + 8);
  const [hours, minutes, seconds] = [two(bytes, at + 11), two(bytes, at + 14), two(bytes, at + 17)];
  const rest = two(bytes, at + 20) * 10 + digit(bytes, at + 22);
  // What is no digit makes a sum of NaN, which fails every comparison.
  if (!(hours < 24 && minutes < 60 && seconds < 60 && rest >= 0 && year >= 0) || !isPunctuated(bytes, at))
    return Number.NaN;
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= (DAYS[month - 1] ?? 0))) return Number.NaN;
  if (month === 2 && day === 29 && !isLeap(year)) return Number.NaN;
  const ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest;
  return dayNumber(year, month, day) * MS_PER_DAY + ms;
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days since 1970-01-01 in the Gregorian calendar: years begin in March, so that the leap day ends one. */
function dayNumber(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1;
  const sinceMarch = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5);
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + sinceMarch + day - 719_469;
}

function isPunctuated(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 4] === 45 &&
    bytes[at + 7] === 45 &&
    bytes[at + 10] === 84 &&
    bytes[at + 13] === 58 &&
    bytes[at + 16] === 58 &&
    bytes[at + 19] === 46 &&
    bytes[at + 23] === 90
  );
}

function two(bytes: Uint8Array, at: number): number {
  return digit(bytes, at) * 10 + digit(bytes, at + 1);
}

function digit(bytes: Uint8Array, at: number): number {
  const value = (bytes[at] ?? 0) - 48;
  return value >= 0 && value < 10 ? value : Number.NaN;
}
