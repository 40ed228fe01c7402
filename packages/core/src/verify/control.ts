import type { ControlLink } from '../entry/types.ts';
import type { Tell } from './tell.ts';

/** The chain of entries that are not accesses (format v1 §1 `control`). Plain data. */
export interface ControlState {
  last: ControlLink | undefined;
  /** Unreadable entries since then, which may belong to the chain; they have a finding of their own. */
  suspects: number[];
}

// Beyond this many unreadable entries the log is lost anyway.
const MAX_SUSPECTS = 1000;

/** Before the first entry. */
export function newControl(): ControlState {
  return { last: undefined, suspects: [] };
}

/** Remembers an entry that may belong to the chain but can't be read. */
export function suspectControl(control: ControlState, index: number): void {
  if (control.suspects.length < MAX_SUSPECTS) control.suspects.push(index);
}

/**
 * Checks the link of an entry and makes the entry the last of the chain. `isPruned` tells whether
 * the body at an index is missing: only accesses may be pruned.
 */
export function checkControl(
  control: ControlState,
  link: ControlLink | undefined,
  here: ControlLink,
  isPruned: (index: number) => boolean,
  tell: Tell,
): void {
  const { last, suspects } = control;
  const fits =
    link === undefined ? last === undefined : link.index === last?.index && link.leaf === last.leaf;
  if (!fits) tellBreak(link, here.index, suspects, isPruned, tell);
  control.last = here;
  control.suspects = [];
}

function tellBreak(
  link: ControlLink | undefined,
  index: number,
  suspects: readonly number[],
  isPruned: (index: number) => boolean,
  tell: Tell,
): void {
  if (link !== undefined && suspects.includes(link.index)) return;
  if (link !== undefined && link.index < index && isPruned(link.index)) {
    tell('control-broken', link.index, 'the body of an entry that is not an access is missing');
  } else {
    tell('control-broken', index, 'does not name the entry before it that is not an access');
  }
}
