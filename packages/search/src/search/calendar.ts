import { wallToInstant, zoneOffset } from '../query/zone.ts';

/** Width of the bars of a histogram. */
export interface Step {
  readonly unit: 'minute' | 'hour' | 'day' | 'month' | 'year';
  readonly count: number;
}

const STEPS: readonly Step[] = [
  ...[1, 5, 15].map((count) => ({ unit: 'minute' as const, count })),
  { unit: 'hour', count: 1 },
  { unit: 'day', count: 1 },
  { unit: 'day', count: 7 },
  { unit: 'month', count: 1 },
  { unit: 'month', count: 3 },
  ...[1, 5, 10, 100, 1000, 10_000].map((count) => ({ unit: 'year' as const, count })),
];
const MS = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  month: 28 * 86_400_000,
  year: 365 * 86_400_000,
};

/** The finest calendar step with at most `most` bars, and the starts of these bars and the end of the last one, in ms. */
export function chooseBars(
  low: number,
  high: number,
  most: number,
  timeZone: string,
): { step: Step; edges: number[] } {
  for (const step of STEPS) {
    if ((high - low) / (MS[step.unit] * step.count) > most + 2) continue;
    const edges = barEdges(low, high, step, timeZone);
    if (edges.length - 1 <= most || step === STEPS.at(-1)) return { step, edges };
  }
  return { step: { unit: 'year', count: 10_000 }, edges: [low, high + 1] };
}

function barEdges(low: number, high: number, step: Step, timeZone: string): number[] {
  const edges: number[] = [];
  const start = wallStart(low + zoneOffset(low, timeZone), step);
  for (let n = 0; ; n++) {
    const edge = nthEdge(low, start, n, step, timeZone);
    // Where clocks go back, two wall times can name one instant, or one the other way round.
    if (edges.length === 0 || edge > (edges.at(-1) ?? 0)) edges.push(edge);
    if (edge > high) return edges;
  }
}

/** Minutes and hours pass evenly whatever clocks do; days and longer are those of the wall. */
function nthEdge(low: number, start: number, n: number, step: Step, timeZone: string): number {
  if (step.unit === 'minute' || step.unit === 'hour') {
    return start - zoneOffset(low, timeZone) + n * step.count * MS[step.unit];
  }
  const wall = new Date(start);
  if (step.unit === 'day') wall.setUTCDate(wall.getUTCDate() + n * step.count);
  else wall.setUTCMonth(wall.getUTCMonth() + n * step.count * (step.unit === 'year' ? 12 : 1));
  return wallToInstant(wall.getTime(), timeZone);
}

/** Start, as wall time, of the bar that a wall time falls in. Weeks start on Mondays. */
function wallStart(wall: number, { unit, count }: Step): number {
  if (unit === 'minute' || unit === 'hour') return Math.floor(wall / (MS[unit] * count)) * MS[unit] * count;
  const date = new Date(wall);
  date.setUTCHours(0, 0, 0, 0);
  if (unit === 'day')
    return count === 7 ? date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7)) : date.getTime();
  date.setUTCDate(1);
  if (unit === 'month') return date.setUTCMonth(Math.floor(date.getUTCMonth() / count) * count);
  return date.setUTCFullYear(Math.floor(date.getUTCFullYear() / count) * count, 0);
}
