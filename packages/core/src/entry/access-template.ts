import { draftEntry } from './draft.ts';
import type { Action, ActorKind, Outcome } from './kinds.ts';

/** What many accesses have in common: everything but persons, times, ids and references. */
export interface AccessPattern {
  readonly action: Action;
  /** `key@version`. */
  readonly activity: string;
  readonly actorKind: ActorKind;
  readonly role?: string;
  readonly confidential?: boolean;
  /** Register keys in any order; repeats are dropped. */
  readonly fields: readonly string[];
  readonly flags?: readonly string[];
  readonly operation: string;
  readonly outcome: Outcome;
  readonly recipient?: string;
  readonly service: string;
}

/**
 * The texts that all accesses of one pattern share, checked once. Make one per pattern with
 * {@link accessTemplate} and keep it: drafting from it is a handful of concatenations.
 */
export interface AccessTemplate {
  readonly pattern: AccessPattern;
  /** From `{"action"` to the actor's kind. */
  readonly head: string;
  /** From the actor's role, over confidential, fields and flags, to `"id":"`. */
  readonly middle: string;
  /** `,"operation":…,"outcome":…`. */
  readonly act: string;
  /** From the quote that ends prev, over recipient, to `"recorded":"`. */
  readonly toRecorded: string;
  /** `,"service":…`. */
  readonly service: string;
}

const ANY_ID = '00000000-0000-7000-8000-000000000000';

/** Checks a pattern as any entry is checked and makes its template. @throws EntryError BAD_ENTRY */
export function accessTemplate(pattern: AccessPattern): AccessTemplate {
  const { action, activity, actorKind, role, operation, outcome, recipient, service } = pattern;
  const fields = sortedSet(pattern.fields);
  const flags = sortedSet(pattern.flags ?? []);
  draftEntry({
    v: 1,
    kind: 'access',
    id: ANY_ID,
    occurred: '1970-01-01T00:00:00.000Z',
    action,
    activity,
    actor: { kind: actorKind, ...(role !== undefined && { role }) },
    fields,
    ...(flags.length > 0 && { flags }),
    operation,
    outcome,
    ...(recipient !== undefined && { recipient }),
    service,
    subjectCount: 0,
    subjects: [],
  });
  const confidential = pattern.confidential === true ? ',"confidential":true' : '';
  const marks = flags.length > 0 ? `,"flags":${JSON.stringify(flags)}` : '';
  return Object.freeze({
    pattern,
    head: `{"action":"${action}","activity":"${activity}","actor":{"kind":"${actorKind}"`,
    middle: `${member('role', role)}}${confidential},"fields":${JSON.stringify(fields)}${marks},"id":"`,
    act: `${member('operation', operation)}${member('outcome', outcome)}`,
    toRecorded: `"${member('recipient', recipient)},"recorded":"`,
    service: member('service', service),
  });
}

// Every value here has passed a pattern without quotes and backslashes.
function member(key: string, value: string | undefined): string {
  return value === undefined ? '' : `,"${key}":"${value}"`;
}

function sortedSet(keys: readonly string[]): readonly string[] {
  return [...new Set(keys)].sort();
}
