const SHAPE = '0000-00-00T00:00:00.000Z';
const ZERO = 48;

/** Whether the text is a moment that exists, exactly as `YYYY-MM-DDTHH:mm:ss.sssZ` (format v1 §1). */
export function isTime(text: string): boolean {
  if (text.length !== SHAPE.length) return false;
  for (let at = 0; at < SHAPE.length; at++) {
    const wanted = SHAPE.charCodeAt(at);
    const digit = text.charCodeAt(at) - ZERO;
    if (wanted === ZERO ? digit < 0 || digit > 9 : digit !== wanted - ZERO) return false;
  }
  const month = two(text, 5);
  const day = two(text, 8);
  if (month < 1 || month > 12 || day < 1 || two(text, 11) > 23 || two(text, 14) > 59 || two(text, 17) > 59) {
    return false;
  }
  return day <= 28 || day <= daysIn(two(text, 0) * 100 + two(text, 2), month);
}

function two(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
