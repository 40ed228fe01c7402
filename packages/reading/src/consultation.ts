import type { Action } from '@zegel/core';
import { EventError, type Log } from '@zegel/log';
import { problemsText } from './problems-text.ts';
import { ReadingError } from './reading-error.ts';
import type { Person } from './person.ts';

/** What is consulted, and what of it. */
export interface Consultation {
  readonly action: Action;
  /** Such as `log.search`. */
  readonly operation: string;
  /** Name of who consults. */
  readonly user: string;
  /** What consults: somebody, or a program with a token of its own. Default: `operator`. */
  readonly by?: 'operator' | 'service' | undefined;
  /** Everybody who is about to be shown; each is named once. */
  readonly persons: Iterable<Person>;
  /** Which qualifiers were used, never their terms. */
  readonly fields: readonly string[];
  /** Why, in the words of who consults: sealed with the entry. */
  readonly reason?: string | undefined;
  /** Default: `success`. */
  readonly outcome?: 'begun' | 'denied' | 'error' | undefined;
  /** Entry that this one supplements. */
  readonly of?: number | undefined;
}

/** Most subjects of one event. */
const MOST_SUBJECTS = 100_000;

/**
 * Appends the entry of a consultation; to be awaited before anything is shown, since reading the log is itself processing
 * of personal data. Beyond 100,000 persons it becomes several entries.
 *
 * @returns index of the entry, of the first where there are several
 * @throws ReadingError CONSULTATION_REFUSED; the log's errors
 */
export async function recordConsultation(log: Log, consultation: Consultation): Promise<number> {
  const { action, operation, user, fields, reason, outcome, of } = consultation;
  const more = {
    ...(reason !== undefined && { reason }),
    ...(outcome !== undefined && { outcome }),
    ...(of !== undefined && { of }),
  };
  let first: number | undefined;
  const subjects = distinct(consultation.persons);
  const { by = 'operator' } = consultation;
  const actor = { kind: by === 'service' ? 'system' : 'employee', type: by, id: user } as const;
  for (let at = 0; at === 0 || at < subjects.length; at += MOST_SUBJECTS) {
    const some = subjects.slice(at, at + MOST_SUBJECTS);
    try {
      const { index } = await log.consult({
        ...{ action, operation, actor, subjects: some, fields, service: 'zegel' },
        ...more,
      });
      first ??= index;
    } catch (cause) {
      if (!(cause instanceof EventError)) throw cause;
      const why = problemsText(cause.problems);
      throw new ReadingError(
        'CONSULTATION_REFUSED',
        `the consultation can't be recorded, so nothing is shown: ${why}`,
        { cause },
      );
    }
  }
  return first ?? 0;
}

function distinct(persons: Iterable<Person>): { type: string; id: string; involvement: 'shown' }[] {
  const found = new Map<string, Person>();
  for (const person of persons) found.set(`${person.type}:${person.id}`, person);
  return [...found.values()].map(({ type, id }) => ({ type, id, involvement: 'shown' }));
}
