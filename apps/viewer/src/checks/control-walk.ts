import type { Entry } from '@zegel/core';
import type { LogReader } from '@zegel/log';
import type { GapNote, PrunedRange } from './integrity-state.ts';

/** What the entries that are no accesses say about what is missing. */
export interface ControlNotes {
  /** Index of the newest entry looked at. */
  readonly upTo: number;
  /** Newest first. */
  readonly gaps: readonly GapNote[];
  /** Newest cover first. */
  readonly pruned: readonly PrunedRange[];
}

export const NO_NOTES: ControlNotes = { upTo: -1, gaps: [], pruned: [] };

/** Gaps and stretches kept. */
const MOST_GAPS = 1000;
const MOST_RANGES = 10_000;

/**
 * Walks the chain of entries that are no accesses, from the newest back to where the walk before began (format v1 §1 `control`).
 * The chain itself is verified elsewhere: what can't be followed ends the walk.
 */
export async function walkControl(log: LogReader, before: ControlNotes): Promise<ControlNotes> {
  const gaps: GapNote[] = [];
  const pruned: PrunedRange[] = [];
  const newest = await newestControl(log);
  let next = newest;
  while (next !== undefined && next > before.upTo) {
    const entry = await controlAt(log, next);
    if (entry === undefined) break;
    if (entry.kind === 'gap') gaps.push(gapOf(entry));
    if (entry.kind === 'retention') pruned.push(...rangesOf(entry));
    const link = 'control' in entry ? entry.control.index : undefined;
    next = link !== undefined && link < entry.index ? link : undefined;
  }
  return {
    upTo: Math.max(before.upTo, newest ?? -1),
    gaps: [...gaps, ...before.gaps].slice(0, MOST_GAPS),
    pruned: [...pruned, ...before.pruned].slice(0, MOST_RANGES),
  };
}

async function newestControl(log: LogReader): Promise<number | undefined> {
  const size = await log.size();
  const [head] = await log.heads(size, size + 1, 1);
  return head?.control;
}

async function controlAt(log: LogReader, index: number): Promise<Entry | undefined> {
  try {
    const { bytes } = await log.entry(index);
    const entry = JSON.parse(Buffer.from(bytes ?? '').toString()) as Entry;
    return entry.index === index ? entry : undefined;
  } catch {
    return undefined; // verification has a finding for it
  }
}

function gapOf({ index, activity, service, count, from, to }: Entry & { kind: 'gap' }): GapNote {
  return { index, activity, service, count, from, to };
}

function rangesOf({ index, activity, rule, recorded, ranges }: Entry & { kind: 'retention' }): PrunedRange[] {
  return ranges.map(([first, last]) => ({ first, last, by: index, activity, rule, recorded }));
}
