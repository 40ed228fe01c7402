import {
  canonicalize,
  draftEntry,
  type EntryFields,
  formatUuid,
  hmacSha256,
  type JsonValue,
  timeText,
  uuidV7,
  uuidV8,
} from '@zegel/core';
import { entropy } from '../entropy.ts';
import type { Problem } from '../event/problem.ts';
import type { NormalizedEvent } from '../event/types.ts';
import { FLAG } from '../protocol.ts';
import type { Handle } from '../vault/handle.ts';
import type { Handles } from '../vault/handles.ts';
import type { SameEvents } from '../vault/sameness.ts';
import type { VaultKeys } from '../vault/vault-file.ts';
import { Persons, POSITION } from './mentions.ts';
import { type Secrets, sealSecrets } from './parts.ts';
import { piecesOf, type SealedRow } from './row.ts';
import { splitSubjects } from './split.ts';

/** What sealing needs of the vault. */
export interface SealTools {
  readonly origin: string;
  readonly keys: VaultKeys;
  readonly handles: Handles;
  readonly same: SameEvents;
  /** Requests whose events take the place of namesakes that never reached the log, with the ids (latin1) that did so. */
  readonly replacing: Map<number, Set<string>>;
  readonly now: () => number;
}


/**
 * Turns a checked event into drafts: id, handles, mentions, sealed parts. `given` is the event as its caller gave it, by
 * which a repeated one is told from another under the same id. Returns problems when something would have to be sealed
 * and the event names nobody whose handle could seal it.
 */
export function prepareEvent(
  tools: SealTools,
  event: NormalizedEvent,
  given: unknown,
  from: { readonly source: string; readonly request: number },
): SealedRow | readonly Problem[] {
  const now = tools.now();
  const id = event.id === undefined ? uuidV7(now, entropy(10)) : namedId(tools.keys, from.source, event.id);
  const persons = new Persons(tools.keys.pointer, id);
  const actor = actorHandle(tools, event, now);
  const fields = accessFields(tools, event, persons, actor, formatUuid(id), now);
  if (fields === undefined) return [NOBODY];
  const numbers = persons.numbers();
  const flags = event.id === undefined ? 0 : FLAG.named | remember(tools, id, given, numbers, tools.replacing.get(from.request));
  return { id, drafts: fields.map((f) => piecesOf(draftEntry(f))), numbers, flags };
}

const NOBODY: Problem = { path: '', message: 'has a reason, an origin or a trace, and names neither an actor nor up to 16 targets to seal it for' };

/** Format v1 §1: UUIDv8 of an HMAC, so that order numbers used as ids stay out of the log. */
function namedId(keys: VaultKeys, source: string, id: string): Uint8Array {
  return uuidV8(hmacSha256(keys.id, Buffer.from(canonicalize([source, id]))));
}

/** Remembers the event under its id, durably with the handles; says whether another one is remembered there. */
function remember(tools: SealTools, id: Uint8Array, given: unknown, numbers: readonly Uint8Array[], replaced: Set<string> | undefined): number {
  const mac = hmacSha256(tools.keys.same, Buffer.from(canonicalize(given as JsonValue)));
  let sameness = tools.same.compare(id, mac);
  if (sameness === 'new') {
    tools.handles.write(); // from here on no other process writes, so that the second look decides
    sameness = tools.same.compare(id, mac);
  }
  if (sameness === 'new') tools.same.add(id, mac, Buffer.concat(numbers));
  if (sameness !== 'differs') return 0;
  const name = Buffer.from(id).toString('latin1');
  if (replaced === undefined || replaced.has(name)) return FLAG.differs;
  replaced.add(name);
  tools.handles.write();
  tools.same.replace(id, mac, Buffer.concat(numbers));
  return 0;
}

function actorHandle(tools: SealTools, event: NormalizedEvent, now: number): Handle | undefined {
  // Nobody in particular is still somebody at an address, which is then what there is to know of them.
  const id = event.actorId ?? event.ip;
  if (id === undefined) return undefined;
  const type = event.actorId === undefined ? 'ip-address' : event.actorType;
  return tools.handles.resolve({ ...scopeOf(event, now), sort: 'actor', type, id });
}

function scopeOf(event: NormalizedEvent, now: number): { activity: string; case: string | undefined; confidential: boolean; month: string } {
  return { activity: event.activity.key, case: event.case, confidential: event.confidential, month: timeText(now).slice(0, 7) };
}

/** The fields of each part of the entry, undefined when its secrets can't be sealed for anybody. */
function accessFields(
  tools: SealTools,
  event: NormalizedEvent,
  persons: Persons,
  actor: Handle | undefined,
  id: string,
  now: number,
): EntryFields[] | undefined {
  const scope = scopeOf(event, now);
  const person = actor && persons.mention(POSITION.actor, actor);
  const behalf =
    event.onBehalfOf &&
    persons.mention(POSITION.onBehalfOf, tools.handles.resolve({ ...scope, sort: 'actor', ...event.onBehalfOf }));
  const subjects = event.subjects.map(({ type, id: subject, involvement }, i) => {
    const handle = tools.handles.resolve({ ...scope, sort: 'subject', type, id: subject });
    return { involvement, ...persons.mention(POSITION.firstSubject + i, handle) };
  });
  const runs = splitSubjects(subjects);
  const targets = event.subjects.flatMap((s, i) => (s.involvement === 'target' ? [POSITION.firstSubject + i] : []));
  const place = { origin: tools.origin, entryId: id, partNumber: runs.length === 1 ? 0 : 1 };
  const sealed = sealSecrets(place, persons, targets, secretsOf(event));
  if (sealed === undefined) return undefined;
  return runs.map((run, i) => ({
    v: 1,
    id,
    kind: 'access',
    occurred: event.occurred ?? timeText(now),
    action: event.action,
    activity: event.activity.reference,
    actor: {
      kind: event.actorKind,
      ...(person && { person }),
      ...(event.actorRole !== undefined && { role: event.actorRole }),
    },
    ...(event.confidential && { confidential: true as const }),
    fields: event.fields,
    ...(event.flags && { flags: event.flags }),
    ...(event.of !== undefined && { of: event.of }),
    ...(behalf && { onBehalfOf: behalf }),
    operation: event.operation,
    outcome: event.outcome,
    ...(runs.length > 1 && { part: { number: i + 1, of: runs.length } }),
    ...(event.recipient !== undefined && { recipient: event.recipient }),
    ...(i === 0 && sealed.length > 0 && { sealed }),
    service: event.service,
    subjectCount: subjects.length,
    subjects: run,
  }));
}

function secretsOf(event: NormalizedEvent): Secrets {
  const { ip, userAgent, reason, trace } = event;
  return {
    ...((ip !== undefined || userAgent !== undefined) && {
      origin: { ...(ip !== undefined && { ip }), ...(userAgent !== undefined && { userAgent }) },
    }),
    ...(reason !== undefined && { reason: { reason } }),
    ...(trace && { trace: { ...trace } }),
  };
}
