import type { AgoValue, DayValue, InstantValue } from './ast.ts';
import type { PlanOptions } from './plan.ts';
import { dayStart, wallToInstant } from './zone.ts';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Times from `from` (included) to `to` (excluded), ms; the ends may be infinite. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** The times that `on:`, `after:` or `before:` with this value stands for. */
export function valueRange(
  name: string,
  value: DayValue | InstantValue | AgoValue,
  options: PlanOptions,
): TimeRange {
  const from = valueStart(value, options);
  if (name === 'before') return { from: Number.NEGATIVE_INFINITY, to: from };
  if (name === 'on' && value.kind === 'day') return { from, to: dayStart(value.day, 1, options.timeZone) };
  return { from, to: Number.POSITIVE_INFINITY };
}

function valueStart(value: DayValue | InstantValue | AgoValue, { now, timeZone }: PlanOptions): number {
  switch (value.kind) {
    case 'day':
      return dayStart(value.day, 0, timeZone);
    case 'ago':
      return now - value.amount * UNITS[value.unit];
    case 'instant':
      return /(?:Z|[+-]\d\d:\d\d)$/.test(value.text)
        ? Date.parse(value.text)
        : wallToInstant(Date.parse(`${value.text}Z`), timeZone);
    default:
      return value satisfies never;
  }
}
