import { CONSULTATION_ACTIVITY } from '@zegel/core';
import type { RegisterDocument, Retention } from './types.ts';

const DAY = 86_400_000;
/** Days that a unit of a period has at least. */
const LEAST: Readonly<Record<string, number>> = { Y: 365, M: 28, W: 7, D: 1 };

/**
 * The shortest time, ms, after which a register may have the entries of an activity go: nothing may be locked for longer.
 * An activity without terms is not named; one whose term ends by an event may go at once. Consultations have the register's `maximum`.
 */
export function shortestTerms({ activities, maximum }: RegisterDocument): Readonly<Record<string, number>> {
  const most = maximum === undefined ? Number.POSITIVE_INFINITY : least(maximum);
  const terms = Object.entries(activities).map(
    ([key, { retention }]) => [key, Math.min(most, ...(retention ?? []).map(termOf))] as const,
  );
  const all = [...terms, [CONSULTATION_ACTIVITY, most] as const];
  return Object.fromEntries(all.filter(([, term]) => Number.isFinite(term)));
}

function termOf(term: Retention): number {
  if ('until' in term) return 0;
  return least(term.period) + (term.then === undefined ? 0 : least(term.then));
}

function least(period: string): number {
  let days = 0;
  for (const [, count = '', unit = ''] of period.matchAll(/(\d+)([YMWD])/g))
    days += Number(count) * (LEAST[unit] ?? 0);
  return days * DAY;
}
