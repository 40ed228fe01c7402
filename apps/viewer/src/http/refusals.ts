import type { Problem } from '@zegel/log';

/** An event that was refused, and where it stood. */
export interface RefusedEvent {
  /** Position among the events of the body, from 0. */
  readonly event: number;
  /** Line of an NDJSON body, from 1. */
  readonly line?: number;
  /** `EVENT_INVALID`, `ID_CONFLICT`, `TOO_LARGE` or `BAD_ENTRY`. */
  readonly refused: string;
  /** `path` is a JSON Pointer into the event. */
  readonly problems: readonly Problem[];
}

/** Problems of one answer: who sends more wrong than this does not read them. */
const MOST_PROBLEMS = 10_000;

/** Cuts lists of problems short, so that each event keeps its first and the whole stays bounded; counts what is left out. */
export function bounded(all: readonly RefusedEvent[]): {
  readonly refusals: readonly RefusedEvent[];
  readonly more: number;
} {
  let room = MOST_PROBLEMS;
  let more = 0;
  const refusals = all.map((refused) => {
    const problems = refused.problems.slice(0, Math.max(1, room));
    room -= problems.length;
    more += refused.problems.length - problems.length;
    return problems.length === refused.problems.length ? refused : { ...refused, problems };
  });
  return { refusals, more };
}
