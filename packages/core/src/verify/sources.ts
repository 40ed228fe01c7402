import type { SourceMark } from '../entry/types.ts';
import type { Tell } from './tell.ts';

interface Hole {
  from: number;
  to: number;
  /** Entry behind the hole. */
  readonly index: number;
  /** Bodies missing up to where the hole was seen: they may be what it lacks. */
  readonly pruned: number;
}

interface Source {
  next: number;
  /** Missing bodies when it was last seen. */
  pruned: number;
  readonly holes: Hole[];
}

/** The counters of the senders (format v1 §1 `source`). Plain data; grows with the number of senders only. */
export type SourceState = Map<string, Source>;

// A sender with more holes than this is told of at once; its events may still come late.
const MAX_HOLES = 64;

/**
 * Feeds the source of one event. Events may come late and fill a hole, so that holes are told at
 * the end. A counter is taken from where it is first seen; a number seen twice is no hole.
 */
export function checkSource(
  sources: SourceState,
  { id, seq }: SourceMark,
  index: number,
  pruned: number,
  tell: Tell,
): void {
  const source = sources.get(id);
  if (source === undefined) {
    sources.set(id, { next: seq + 1, pruned, holes: [] });
    return;
  }
  if (seq < source.next) {
    fill(source.holes, seq);
    return;
  }
  if (seq > source.next) {
    // As many bodies as are missing since the last event of this source may have been its own.
    source.holes.push({ from: source.next, to: seq - 1, index, pruned: pruned - source.pruned });
    if (source.holes.length > MAX_HOLES) tellHole(id, source.holes.shift(), tell);
  }
  source.next = seq + 1;
  source.pruned = pruned;
}

/** After the last entry. */
export function finishSources(sources: SourceState, tell: Tell): void {
  for (const [id, { holes }] of sources) for (const hole of holes) tellHole(id, hole, tell);
}

function fill(holes: Hole[], seq: number): void {
  const at = holes.findIndex(({ from, to }) => from <= seq && seq <= to);
  const hole = holes[at];
  if (hole === undefined) return;
  const rest = [
    { ...hole, to: seq - 1 },
    { ...hole, from: seq + 1 },
  ].filter(({ from, to }) => from <= to);
  holes.splice(at, 1, ...rest);
}

function tellHole(id: string, hole: Hole | undefined, tell: Tell): void {
  if (hole === undefined) return;
  const lost = hole.to - hole.from + 1;
  if (lost > hole.pruned)
    tell('source-hole', hole.index, `${lost} events of source "${id}" before this one never came`);
}
