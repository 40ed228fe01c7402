import { ACTIONS, ENTRY_KINDS, type EntryKind, OUTCOMES } from './kinds.ts';
import { listOf, setOf } from './list-check.ts';
import { isObject, objectOf, optional, type Shape } from './object-check.ts';
import { type Check, malformed, type Problem } from './problem.ts';
import { crossCheck } from './rules.ts';
import {
  actor,
  common,
  concerning,
  controlled,
  count,
  mention,
  sealed,
  splittable,
  subjects,
} from './shapes.ts';
import type { Entry } from './types.ts';
import {
  activityVersion,
  b64Of16,
  b64Of32,
  b64Of64,
  callerName,
  day,
  oneOf,
  originName,
  registerKey,
  time,
  wellFormed,
  whole,
} from './value-checks.ts';

const keys = setOf(registerKey);
const someKeys = setOf(registerKey, { filled: true });
const someIndexes = setOf(count, { filled: true });
const rangePair = listOf(count, { filled: true });
const range: Check = (value) =>
  rangePair(value) ?? ((value as number[]).length === 2 ? undefined : NOT_A_PAIR);
const NOT_A_PAIR = malformed('must be [first, last]');

// Keys of each kind beyond the common ones (format v1 §1).
const OWN: Readonly<Record<EntryKind, Shape>> = {
  genesis: {
    origin: originName,
    vkey: wellFormed,
    succeeds: optional(objectOf({ held: wellFormed, lost: optional(wellFormed) })),
  },
  access: {
    ...splittable,
    action: oneOf(ACTIONS),
    activity: activityVersion,
    actor,
    confidential: optional(oneOf([true])),
    fields: keys,
    flags: optional(someKeys),
    of: optional(count),
    onBehalfOf: optional(mention),
    operation: callerName,
    outcome: oneOf(OUTCOMES),
    recipient: optional(registerKey),
    sealed: optional(sealed),
    service: callerName,
    subjectCount: count,
    subjects,
  },
  register: {
    ...controlled,
    ...splittable,
    version: whole(1),
    date: day,
    digest: b64Of32,
    document: wellFormed,
  },
  lifecycle: { ...controlled, ...splittable, ...concerning, event: registerKey },
  correction: {
    ...controlled,
    ...splittable,
    of: count,
    actor: optional(actor),
    fields: optional(someKeys),
    sealed: optional(sealed),
  },
  erasure: { ...controlled, ...splittable, ...concerning, ground: registerKey },
  retention: {
    ...controlled,
    ...splittable,
    activity: registerKey,
    rule: registerKey,
    cutoff: optional(time),
    handles: setOf(b64Of16),
    ranges: listOf(range),
  },
  hold: {
    ...controlled,
    ...splittable,
    ...concerning,
    state: oneOf(['placed', 'lifted']),
    of: optional(count),
  },
  confidentiality: {
    ...controlled,
    ...splittable,
    of: someIndexes,
    actor: optional(actor),
    sealed: optional(sealed),
  },
  review: {
    ...controlled,
    ...splittable,
    of: someIndexes,
    result: oneOf(['in-order', 'follow-up']),
    actor,
    sealed: optional(sealed),
  },
  gap: { ...controlled, activity: registerKey, service: callerName, count: whole(1), from: time, to: time },
  heartbeat: { ...controlled, next: time },
  key: { ...controlled, vkey: wellFormed, signature: b64Of64 },
  clock: { ...controlled, from: time, to: time },
};

/** Keys that may differ between the parts of one event; all others are equal (format v1 §1 `part`). */
export const SPREAD_KEYS: Readonly<Record<EntryKind, readonly string[]>> = {
  genesis: [],
  access: ['sealed', 'subjects'],
  register: ['document'],
  lifecycle: ['sealed', 'subjects'],
  correction: ['fields', 'sealed'],
  erasure: ['sealed', 'subjects'],
  retention: ['handles', 'ranges'],
  hold: ['sealed', 'subjects'],
  confidentiality: ['of', 'sealed'],
  review: ['of', 'sealed'],
  gap: [],
  heartbeat: [],
  key: [],
  clock: [],
};

const CHECKS: ReadonlyMap<unknown, Check> = new Map(
  ENTRY_KINDS.map((kind) => [
    kind,
    objectOf({ ...common, ...OWN[kind], kind: oneOf([kind]), prev: b64Of32 }),
  ]),
);
const NO_KIND = malformed('must be a kind of format v1', 'kind');

/**
 * Checks a parsed entry of version 1: its closed, ordered keys, each value, and what must hold
 * between them (format v1 §1). Undefined when the value is an {@link Entry}.
 */
export function checkEntry(value: unknown): Problem | undefined {
  if (!isObject(value)) return malformed('must be an object');
  const check = CHECKS.get(value['kind']);
  return check === undefined ? NO_KIND : (check(value) ?? crossCheck(value as unknown as Entry));
}
