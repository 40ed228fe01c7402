import type { AgoValue, DayValue, InstantValue, Span } from './ast.ts';
import { QueryError } from './query-error.ts';

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,3})?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/;
const AGO = /^(\d{1,6})([mhdw])$/;

/** Reads a calendar day. @throws QueryError */
export function parseDay(text: string, span: Span): DayValue {
  if (isDay(text)) return { kind: 'day', day: text, ...span };
  throw new QueryError('value-not-day', span.position, span.length);
}

/** Reads a day, an ISO 8601 time, or a time counted back from now. @throws QueryError */
export function parseTimeValue(text: string, span: Span): DayValue | InstantValue | AgoValue {
  if (isDay(text)) return { kind: 'day', day: text, ...span };
  const instant = INSTANT.exec(text);
  if (instant !== null && isDay(instant[1] ?? '')) return { kind: 'instant', text, ...span };
  const ago = AGO.exec(text);
  const unit = ago?.[2];
  if (unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w') {
    return { kind: 'ago', amount: Number(ago?.[1]), unit, ...span };
  }
  throw new QueryError('value-not-time', span.position, span.length);
}

/** Whether the text is a day of the calendar: 2026-02-30 is none. */
function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}
