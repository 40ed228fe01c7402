import type { PartMark } from './inspection.ts';
import type { Tell } from './tell.ts';

interface OpenEvent {
  readonly id: string;
  readonly of: number;
  readonly sameness: string;
  readonly subjectCount: number;
  /** Index of the first part seen. */
  readonly first: number;
  /** Number of the last part seen. */
  number: number;
  subjects: number;
  /** Whether a part's body is missing, so that the subjects can't be added up. */
  pruned: boolean;
}

interface Stray {
  readonly id: string;
  readonly first: number;
  readonly of: number;
  seen: number;
}

/** Split events (format v1 §1 `part`): the one being read, and those that were interrupted. Plain data. */
export interface PartState {
  open: OpenEvent | undefined;
  strays: Stray[];
  /** Bodies missing right before the next entry. */
  gap: number;
}

// Interrupted events are kept to tell "apart" from "missing"; beyond this many the difference is not worth the memory.
const MAX_STRAYS = 1000;

/** Before the first entry. */
export function newParts(): PartState {
  return { open: undefined, strays: [], gap: 0 };
}

/**
 * Feeds one readable entry. `part` is undefined for an entry that is not split. Returns whether an
 * event is complete with it.
 */
export function checkParts(
  state: PartState,
  index: number,
  id: string,
  part: PartMark | undefined,
  tell: Tell,
): boolean {
  const { open } = state;
  const { gap } = state;
  state.gap = 0;
  if (part === undefined) {
    if (open !== undefined) interrupt(state, open, tell);
    return true;
  }
  if (open !== undefined && open.id === id && part.number === open.number + 1)
    return proceed(state, open, index, part, tell);
  if (open !== undefined) interrupt(state, open, tell);
  // The bodies before this one may be the parts that are missing: an access is pruned part by part.
  const startsHere = part.number === 1 || part.number - 1 <= gap;
  if (!startsHere || state.strays.some((stray) => stray.id === id))
    return strayPart(state, index, id, part, tell);
  state.open = {
    id,
    of: part.of,
    sameness: part.sameness,
    subjectCount: part.subjectCount,
    first: index,
    number: part.number,
    subjects: part.subjects,
    pruned: part.number > 1,
  };
  return close(state, state.open, index, tell);
}

/** Feeds a missing body, which stands for the next part of an event that is being read. */
export function skipPart(state: PartState): void {
  state.gap++;
  const { open } = state;
  if (open === undefined) return;
  open.pruned = true;
  open.number++;
  if (open.number === open.of) state.open = undefined;
}

/** After the last entry: tells which events lack parts. */
export function finishParts(state: PartState, tell: Tell): void {
  const { open, strays } = state;
  // Nothing changes here: what is open now may be completed when the check goes on from a snapshot.
  const all = open === undefined ? strays : [...strays, strayOf(open)];
  for (const stray of all) {
    if (stray.seen < stray.of) tellMissing(stray, tell);
  }
}

function proceed(state: PartState, open: OpenEvent, index: number, part: PartMark, tell: Tell): boolean {
  open.number = part.number;
  open.subjects += part.subjects;
  if (part.sameness !== open.sameness)
    tell('part-unequal', index, `part ${part.number} differs from the parts before`);
  return close(state, open, index, tell);
}

function close(state: PartState, open: OpenEvent, index: number, tell: Tell): boolean {
  if (open.number < open.of) return false;
  if (!open.pruned && open.subjects !== open.subjectCount) {
    tell('part-unequal', index, `${open.subjects} subjects in the parts, ${open.subjectCount} counted`);
  }
  state.open = undefined;
  return true;
}

function interrupt(state: PartState, open: OpenEvent, tell: Tell): void {
  state.open = undefined;
  keepStray(state, strayOf(open), tell);
}

function strayOf({ id, first, of, number }: OpenEvent): Stray {
  return { id, first, of, seen: number };
}

function strayPart(state: PartState, index: number, id: string, part: PartMark, tell: Tell): boolean {
  const known = state.strays.find((stray) => stray.id === id);
  if (known === undefined) {
    keepStray(state, { id, first: index, of: part.of, seen: 1 }, tell);
  } else {
    known.seen++;
    tell(
      'part-apart',
      index,
      `part ${part.number} of the event at ${known.first} stands apart or out of order`,
    );
  }
  return false;
}

function keepStray(state: PartState, stray: Stray, tell: Tell): void {
  if (state.strays.length < MAX_STRAYS) state.strays.push(stray);
  else tellMissing(stray, tell);
}

function tellMissing(stray: Stray, tell: Tell): void {
  tell('part-missing', stray.first, `${stray.seen} of ${stray.of} parts`);
}
