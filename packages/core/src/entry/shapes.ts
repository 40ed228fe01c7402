import { ACTOR_KINDS, INVOLVEMENTS } from './kinds.ts';
import { listOf, setOf } from './list-check.ts';
import { objectOf, optional, type Shape } from './object-check.ts';
import type { Check } from './problem.ts';
import {
  b64Of16,
  b64Of32,
  box,
  callerName,
  oneOf,
  registerKey,
  time,
  uuidText,
  whole,
} from './value-checks.ts';

/** A position or count from 0. */
export const count: Check = whole(0);

const mentionShape = { ptr: b64Of16, ref: b64Of32 };

/** A person (format v1 §3). */
export const mention: Check = objectOf(mentionShape);
/** The persons concerned and how they were involved. */
export const subjects: Check = listOf(objectOf({ ...mentionShape, involvement: oneOf(INVOLVEMENTS) }));
/** Who acted. */
export const actor: Check = objectOf({
  kind: oneOf(ACTOR_KINDS),
  person: optional(mention),
  role: optional(registerKey),
});
/** Sealed parts of one entry (format v1 §4). */
export const sealed: Check = listOf(
  objectOf({ box, commit: b64Of32, part: registerKey, persons: setOf(count, { filled: true }) }),
  { filled: true },
);

/** Keys of every kind but for `kind`, `prev` and `control` (format v1 §1). */
export const common: Shape = {
  v: oneOf([1]),
  index: count,
  prev: b64Of32,
  id: uuidText,
  occurred: time,
  recorded: time,
  source: optional(objectOf({ id: callerName, seq: count })),
};
/** Keys of a kind that may be split. */
export const splittable: Shape = { part: optional(objectOf({ number: whole(1), of: whole(2) })) };
/** Keys of a kind that is linked into the control chain. */
export const controlled: Shape = { control: objectOf({ index: count, leaf: b64Of32 }) };
/** Keys of a kind that may concern persons. */
export const concerning: Shape = {
  activity: optional(registerKey),
  actor: optional(actor),
  sealed: optional(sealed),
  subjectCount: count,
  subjects,
};
