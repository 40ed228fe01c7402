import {
  type AccessParts,
  canonicalize,
  draftAccess,
  type EntryDraft,
  formatUuid,
  hmacSha256,
  type JsonValue,
  type SubjectMention,
  timeText,
  uuidV7,
  uuidV8,
} from '@zegel/core';
import type { MemoryPool } from '../drafts.ts';
import { entropy } from '../entropy.ts';
import type { NormalizedEvent } from '../event/types.ts';
import { FLAG } from '../protocol.ts';
import type { HandleSort } from '../vault/handle.ts';
import type { Handles } from '../vault/handles.ts';
import type { SameEvents } from '../vault/sameness.ts';
import type { VaultKeys } from '../vault/vault-file.ts';
import { Persons, POSITION } from './mentions.ts';
import { type Secrets, sealSecrets } from './parts.ts';
import type { StandingIds } from './looker.ts';
import { type Drafting, type Given, judged } from './repeated.ts';
import type { SealedRow } from './row.ts';
import { splitSubjects } from './split.ts';
import { templateOf } from './templates.ts';

/** What sealing needs of the vault. */
export interface SealTools {
  readonly origin: string;
  readonly keys: VaultKeys;
  readonly handles: Handles;
  /** Undefined where other machines append as well, so that the log itself tells what stands under an id. */
  readonly same: SameEvents | undefined;
  /** Ids (latin1) of named events that stand in the log already: nothing is made for them, least of all a handle. */
  standing: StandingIds;
  readonly now: () => number;
  /** Where drafts are written. */
  readonly memory: MemoryPool;
}

/**
 * Turns a checked event into drafts: id, handles, mentions, sealed parts. `given` is the event as its caller gave it, by
 * which a repeated one is told from another under the same id.
 *
 * @throws EntryError TOO_LARGE when even its first part does not fit an entry
 */
export function prepareEvent(
  tools: SealTools,
  event: NormalizedEvent,
  given: unknown,
  from: { readonly source: string },
): SealedRow {
  const now = tools.now();
  const id = event.id === undefined ? uuidV7(now, entropy(10)) : namedId(tools.keys, from.source, event.id);
  if (event.id !== undefined && tools.standing.has(nameOf(id)))
    return standingRow(tools, macOf(tools, given), {
      id,
      hasOccurred: event.occurred !== undefined,
      draft: (dry, persons) => draftParts(dry, event, persons, formatUuid(id), now),
    });
  const persons = new Persons(tools.keys.pointer, id);
  const drafts = draftParts(tools, event, persons, formatUuid(id), now);
  if (event.id === undefined) return { id, drafts, flags: 0 };
  const mac = macOf(tools, given);
  const numbers = persons.numbers();
  return remember(tools, id, mac, numbers)
    ? { id, drafts, flags: FLAG.named, mac }
    : { id, drafts, flags: FLAG.named | FLAG.differs, mac, numbers };
}

/** The row of an event whose id stands in the log: nothing is appended for it. */
export function standingRow(tools: SealTools, mac: Uint8Array, given: Given): SealedRow {
  const standing = tools.standing.get(nameOf(given.id));
  const verdict = standing === undefined ? 0 : judged(tools, standing, given);
  return { id: given.id, drafts: [], flags: FLAG.named | verdict, mac };
}

/** Format v1 §1: UUIDv8 of an HMAC, so that order numbers used as ids stay out of the log. */
export function namedId(keys: VaultKeys, source: string, id: string): Uint8Array {
  return uuidV8(hmacSha256(keys.id, Buffer.from(canonicalize([source, id]))));
}

/** An id, or a number of a handle, as a key of maps. */
export function nameOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.length).toString('latin1');
}

/** By which a repeated event or record is told from another under the same id. */
export function macOf(tools: SealTools, given: unknown): Uint8Array {
  return hmacSha256(tools.keys.same, Buffer.from(canonicalize(given as JsonValue)));
}

/**
 * Remembers the event under its id, durably with the handles. False where another one is remembered there: the commit then
 * decides, which knows whether that one ever reached the log.
 */
export function remember(tools: SealTools, id: Uint8Array, mac: Uint8Array, numbers: Uint8Array): boolean {
  const { same } = tools;
  if (same === undefined) return true;
  let sameness = same.compare(id, mac);
  if (sameness === 'new') {
    tools.handles.write(); // from here on no other process writes, so that the second look decides
    sameness = same.compare(id, mac);
  }
  if (sameness === 'new') same.add(id, mac, numbers);
  return sameness !== 'differs';
}

/** The persons of an event, in the positions the format gives them (format v1 §3). */
interface Mentioned {
  readonly actor: ReturnType<Persons['mention']> | undefined;
  readonly onBehalfOf: ReturnType<Persons['mention']> | undefined;
  readonly subjects: readonly SubjectMention[];
  /** Positions of the target subjects. */
  readonly targets: readonly number[];
}

function mentionAll(tools: Drafting, event: NormalizedEvent, persons: Persons, now: number): Mentioned {
  const { case: scope, confidential } = event;
  const common = { activity: event.activity.key, case: scope, confidential, month: monthOf(now) };
  const mention = (
    position: number,
    sort: HandleSort,
    type: string,
    id: string,
  ): ReturnType<Persons['mention']> =>
    persons.mention(position, tools.handles.resolve({ ...common, sort, type, id }));
  const { actorId, actorType, onBehalfOf } = event;
  const actor = actorId === undefined ? undefined : mention(POSITION.actor, 'actor', actorType, actorId);
  const behalf = onBehalfOf && mention(POSITION.onBehalfOf, 'actor', onBehalfOf.type, onBehalfOf.id);
  const targets: number[] = [];
  const subjects = event.subjects.map(({ type, id, involvement }, i) => {
    const position = POSITION.firstSubject + i;
    if (involvement === 'target') targets.push(position);
    const { ptr, ref } = mention(position, 'subject', type, id);
    return { involvement, ptr, ref };
  });
  return { actor, onBehalfOf: behalf, subjects, targets };
}

/** Each part's draft. */
function draftParts(
  tools: Drafting,
  event: NormalizedEvent,
  persons: Persons,
  id: string,
  now: number,
): EntryDraft[] {
  const { actor, onBehalfOf, subjects, targets } = mentionAll(tools, event, persons, now);
  const runs = splitSubjects(subjects);
  const place = { origin: tools.origin, entryId: id, partNumber: runs.length === 1 ? 0 : 1 };
  const secrets = secretsOf(event);
  const sealed = secrets && sealSecrets(place, persons, targets, secrets);
  const template = templateOf(event, remarksOf(event, sealed?.complete === false, now));
  const common: Omit<AccessParts, 'subjects'> = {
    template,
    id,
    occurred: event.occurred ?? timeText(now),
    subjectCount: subjects.length,
    ...(actor && { actor }),
    ...(onBehalfOf && { onBehalfOf }),
    ...(event.of !== undefined && { of: event.of }),
  };
  const [only] = runs;
  const first = sealed === undefined ? common : { ...common, sealed: sealed.parts };
  if (runs.length === 1 && only !== undefined) return [draftAccess({ ...first, subjects: only })];
  return runs.map((run, i) => {
    const part = { number: i + 1, of: runs.length };
    return draftAccess({ ...(i === 0 ? first : common), subjects: run, part });
  });
}

/** Flag of an entry whose caller gave something to seal and nobody, actor or up to 16 targets, to seal it for. */
const UNSEALED = 'unsealed';

/** Flag of an entry whose caller's clock is ahead; verification warns of the same under this name (format v1 §1). */
const AHEAD = 'occurred-after';

/** Milliseconds that a caller's clock may be ahead. */
const OCCURRED_BOUND = 300_000;

/** The log's own remarks on an event; undefined rather than empty. */
function remarksOf(
  { occurred }: NormalizedEvent,
  unsealed: boolean,
  now: number,
): readonly string[] | undefined {
  // Times have one form, so that they compare as texts.
  const ahead = occurred !== undefined && occurred > latest(now);
  if (ahead) return unsealed ? [AHEAD, UNSEALED] : [AHEAD];
  return unsealed ? [UNSEALED] : undefined;
}

const bound = { now: 0, text: '' };

/** The latest time that is not ahead. */
function latest(now: number): string {
  if (bound.now !== now) {
    bound.now = now;
    bound.text = timeText(now + OCCURRED_BOUND);
  }
  return bound.text;
}

const months = { from: 0, to: 0, text: '' };

/** The calendar month in UTC, `2026-11`. */
function monthOf(ms: number): string {
  if (ms >= months.from && ms < months.to) return months.text;
  const date = new Date(ms);
  months.from = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  months.to = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
  months.text = timeText(ms).slice(0, 7);
  return months.text;
}

function secretsOf(event: NormalizedEvent): Secrets | undefined {
  const { ip, userAgent, reason, trace } = event;
  const origin = ip !== undefined || userAgent !== undefined;
  if (!origin && reason === undefined && trace === undefined) return undefined;
  return {
    ...(origin && {
      origin: { ...(ip !== undefined && { ip }), ...(userAgent !== undefined && { userAgent }) },
    }),
    ...(reason !== undefined && { reason: { reason } }),
    ...(trace && { trace: { ...trace } }),
  };
}
