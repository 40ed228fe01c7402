import { type Action, CONSULTATION_ACTIVITY } from '@zegel/core';
import type { Log } from '@zegel/log';
import { CliError } from '../run/cli-error.ts';
import type { Person } from './person.ts';

/** What is consulted, and what of it. */
export interface Consultation {
  readonly action: Action;
  /** Such as `log.search`. */
  readonly operation: string;
  /** Name of who consults. */
  readonly user: string;
  /** Everybody who is about to be shown; each is named once. */
  readonly persons: Iterable<Person>;
  /** Which qualifiers were used, never their terms. */
  readonly fields: readonly string[];
}

/** Most subjects of one event. */
const MOST_SUBJECTS = 100_000;

/**
 * Appends the entry of a consultation; to be awaited before anything is shown, since reading the log is itself processing
 * of personal data. Beyond 100,000 persons it becomes several entries.
 *
 * @throws CliError CONSULTATION_REFUSED; the log's errors
 */
export async function recordConsultation(log: Log, consultation: Consultation): Promise<void> {
  const subjects = distinct(consultation.persons);
  const events = Array.from({ length: Math.max(1, Math.ceil(subjects.length / MOST_SUBJECTS)) }, (_, at) => ({
    action: consultation.action,
    activity: CONSULTATION_ACTIVITY,
    actor: { kind: 'employee', type: 'operator', id: consultation.user },
    subjects: subjects.slice(at * MOST_SUBJECTS, (at + 1) * MOST_SUBJECTS),
    fields: consultation.fields,
    service: 'zegel',
    operation: consultation.operation,
  }));
  for (const result of await log.appendEach(events)) {
    if (!('refused' in result)) continue;
    const why = result.problems.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
    throw new CliError(
      'CONSULTATION_REFUSED',
      `the consultation can't be recorded, so nothing is shown: ${why}`,
    );
  }
}

function distinct(persons: Iterable<Person>): { type: string; id: string; involvement: 'shown' }[] {
  const found = new Map<string, Person>();
  for (const person of persons) found.set(`${person.type}:${person.id}`, person);
  return [...found.values()].map(({ type, id }) => ({ type, id, involvement: 'shown' }));
}
