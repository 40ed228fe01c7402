import { parseTime } from '../entry/time.ts';
import type { HoldEntry, RetentionEntry } from '../entry/types.ts';
import type { Tell } from './tell.ts';

interface Run {
  readonly first: number;
  last: number;
  /** `recorded` of the last entry before the run that has its body, in milliseconds. */
  readonly floor: number;
}

interface Hold {
  readonly index: number;
  /** undefined: of every activity. */
  readonly activity: string | undefined;
}

/**
 * Missing bodies, covers and holds (format v1 §5 Deletion). Plain data: one run per stretch of
 * missing bodies that no retention entry has covered yet, ascending.
 */
export interface PruneState {
  runs: Run[];
  holds: Hold[];
  /** Missing bodies so far. */
  missing: number;
  /** Those of them that a retention entry covers. */
  covered: number;
}

/** Before the first entry. */
export function newPruning(): PruneState {
  return { runs: [], holds: [], missing: 0, covered: 0 };
}

/** Feeds one missing body. `floor` is `recorded` of the last entry before it that has its body. */
export function addMissing(state: PruneState, index: number, floor: number): void {
  state.missing++;
  const run = state.runs.at(-1);
  if (run?.last === index - 1) run.last = index;
  else state.runs.push({ first: index, last: index, floor });
}

/** Whether the body at an index is missing and not covered so far. */
export function isMissing(state: PruneState, index: number): boolean {
  const run = state.runs[firstEndingFrom(state.runs, index)];
  return run !== undefined && run.first <= index;
}

/**
 * Feeds a hold, once per event. One that names subjects is about their handles only, which nobody can
 * match with missing bodies: it excludes no pruning here. Lifting a hold that is not in force changes
 * nothing: it may have been about subjects.
 */
export function checkHold(state: PruneState, entry: HoldEntry, index: number): void {
  if (entry.state === 'placed') {
    if (entry.subjectCount === 0) state.holds.push({ index, activity: entry.activity });
    return;
  }
  state.holds = state.holds.filter((hold) => hold.index !== entry.of);
}

/**
 * Feeds a retention entry: takes what its ranges cover off the missing bodies and tells of it as
 * claimed lawful. All of them lie below the entry, so that what is missing there is known.
 *
 * A cover is premature by its own rule when its cutoff lies after its own `recorded`, or when a body
 * it covers was certainly recorded at or after the cutoff: `recorded` never falls, so that the last
 * body left before a missing one bounds it from below. That never blames a lawful pruning, and can
 * miss an early one by as much as lies between two bodies that are left.
 */
export function checkCover(state: PruneState, entry: RetentionEntry, index: number, tell: Tell): void {
  const { activity, rule, ranges } = entry;
  const cutoff = parseTime(entry.cutoff ?? '') ?? Number.POSITIVE_INFINITY;
  const covered = ranges.flatMap((range) => takeOut(state, range));
  if (covered.length === 0) return;
  const first = covered[0]?.first ?? 0;
  const count = covered.reduce((sum, run) => sum + run.last - run.first + 1, 0);
  state.covered += count;
  tell(
    'pruned',
    first,
    `${count} bodies removed under rule "${rule}" of activity "${activity}" (entry ${index})`,
  );
  const early =
    cutoff > (parseTime(entry.recorded) ?? 0) ? covered[0] : covered.find(({ floor }) => floor >= cutoff);
  if (early !== undefined) tell('pruned-early', early.first, `removed before the cutoff of entry ${index}`);
  const hold = state.holds.find((one) => one.activity === undefined || one.activity === activity);
  if (hold !== undefined)
    tell('pruned-hold', first, `removed by entry ${index} under the hold of entry ${hold.index}`);
}

/** After the last entry: what is missing without a cover. */
export function finishPruning(state: PruneState, tell: Tell): void {
  for (const { first, last } of state.runs) {
    tell('body-missing', first, `${last - first + 1} bodies are missing and no retention entry covers them`);
  }
}

// Removes the missing bodies of one range from the runs and returns them.
function takeOut(state: PruneState, [first, last]: readonly [number, number]): readonly Run[] {
  const from = firstEndingFrom(state.runs, first);
  let to = from;
  const taken: Run[] = [];
  const left: Run[] = [];
  for (let run = state.runs[to]; run !== undefined && run.first <= last; run = state.runs[++to]) {
    taken.push({ ...run, first: Math.max(run.first, first), last: Math.min(run.last, last) });
    if (run.first < first) left.push({ ...run, last: first - 1 });
    if (run.last > last) left.push({ ...run, first: last + 1 });
  }
  if (to > from) state.runs.splice(from, to - from, ...left);
  return taken;
}

// Binary search: place of the first run that ends at or after the index.
function firstEndingFrom(runs: readonly Run[], index: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((runs[middle]?.last ?? 0) < index) low = middle + 1;
    else high = middle;
  }
  return low;
}
