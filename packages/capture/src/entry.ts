import type { Outcome } from '@zegel/core';
import type { AccessEvent, EventPerson, EventTrace } from '@zegel/log';
import type { CheckedDeclaration } from './declaration.ts';
import type { Actor, Person } from './person.ts';

/** What every entry of one context carries. */
export interface Facts {
  readonly actor: Actor;
  readonly operation: string | undefined;
  readonly trace: EventTrace;
  readonly onBehalfOf: EventPerson | undefined;
  readonly case: string | undefined;
  readonly reason: string | undefined;
  /** Remarks on the context itself. */
  readonly flags: readonly string[];
}

/** An entry to be made. */
export interface Entry {
  readonly facts: Facts;
  readonly checked: CheckedDeclaration;
  readonly operation: string | undefined;
  readonly persons: readonly Person[];
  /** Default: those declared. */
  readonly fields?: readonly string[];
  readonly outcome: Outcome;
  readonly flags?: readonly string[];
  /** Index of the entry that it supplements. */
  readonly of?: number | undefined;
}

/** Most subjects of one event; more become several events of one trace, appended together. */
const MOST_SUBJECTS = 100_000;

/** The events of an entry: one, or as many as its persons need. */
export function eventsOf(service: string, entry: Entry): readonly AccessEvent[] {
  const { persons } = entry;
  if (persons.length <= MOST_SUBJECTS) return [eventOf(service, entry, persons)];
  return Array.from({ length: Math.ceil(persons.length / MOST_SUBJECTS) }, (_, i) =>
    eventOf(service, entry, persons.slice(i * MOST_SUBJECTS, (i + 1) * MOST_SUBJECTS)),
  );
}

// No `id`: an id costs the log an HMAC and a durable row per event, and nothing here is appended twice. What could not be
// appended is refused or counted, and an append that lands after it was given up takes its count back.
function eventOf(service: string, entry: Entry, subjects: readonly Person[]): AccessEvent {
  const { facts, checked, outcome, operation, of } = entry;
  const reason = checked.reason ?? facts.reason;
  const scope = checked.case ?? facts.case;
  const flags = [...facts.flags, ...(entry.flags ?? [])];
  return {
    action: checked.action,
    activity: checked.activity,
    actor: facts.actor,
    subjects,
    fields: entry.fields ?? checked.fields,
    service,
    outcome,
    trace: facts.trace,
    ...(operation !== undefined && { operation }),
    ...(checked.recipient !== undefined && { recipient: checked.recipient }),
    ...(checked.confidential === true && { confidential: true }),
    ...(facts.onBehalfOf !== undefined && { onBehalfOf: facts.onBehalfOf }),
    ...(reason !== undefined && { reason }),
    ...(scope !== undefined && { case: scope }),
    ...(flags.length > 0 && { flags }),
    ...(of !== undefined && { of }),
  };
}
