import type { Lock } from './bucket/object-version.ts';
import type { LockRule } from './s3-url.ts';

/** Shortest term of each activity, ms; an activity that is not named has none (port `terms`). */
export type Terms = Readonly<Record<string, number>>;

type Entries = readonly (Uint8Array | undefined)[];

const DAY_MS = 86_400_000;
/** A server whose clock is ahead refuses a lock that is over, and one so short protects nothing. */
const LEAST_MS = 60_000;
const ACCESS = Buffer.from('"kind":"access"');
const ACTIVITY = Buffer.from('"activity":"');
const RECORDED = Buffer.from('"recorded":"');
const LONGEST_NAME = 256;
const TIME = 24;

/**
 * The lock of what is put now: as many days from now as the rule says, and never beyond the shortest term of the accesses
 * inside, which runs from when each was recorded, because a pruned body has to go (format v1 §6). Undefined without one: the
 * rule is `none`, or a term is over. Nothing inside, as in a checkpoint, bounds nothing.
 *
 * @param entries undefined where a body is gone: what is left decides
 * @param nowMs our own clock, ms
 */
export function lockFor(entries: Entries, rule: LockRule, terms: Terms, nowMs: number): Lock | undefined {
  if (rule.mode === 'none') return undefined;
  const until = lockEnd(entries, rule, terms, nowMs);
  return until > nowMs + LEAST_MS ? { mode: rule.mode, until: new Date(until) } : undefined;
}

/** When the lock of what was put at a time ends, ms; before that time where a term was over by then. */
export function lockEnd(entries: Entries, { days }: LockRule, terms: Terms, putMs: number): number {
  let end = putMs + days * DAY_MS;
  if (Object.keys(terms).length > 0)
    for (const entry of entries) if (entry !== undefined) end = Math.min(end, termEnd(entry, terms, putMs));
  // Whole seconds, which is what servers keep; downwards, because a term ends when it ends.
  return Math.floor(end / 1000) * 1000;
}

/** When an entry says that it was recorded, ms; undefined where it says nothing. */
export function recordedOf(entry: Uint8Array): number | undefined {
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength);
  const at = bytes.lastIndexOf(RECORDED);
  if (at < 0) return undefined;
  const start = at + RECORDED.length;
  const time = Date.parse(bytes.toString('latin1', start, start + TIME));
  return Number.isNaN(time) ? undefined : time;
}

/** An entry is no younger than what it is put in, whatever a clock made it say; one without a time may have to go at once. */
function termEnd(entry: Uint8Array, terms: Terms, putMs: number): number {
  const term = termOf(entry, terms);
  if (term === Number.POSITIVE_INFINITY) return term;
  return Math.min(recordedOf(entry) ?? 0, putMs) + term;
}

/** Only bodies of accesses may go (format v1 §5), so that other kinds bound nothing. */
function termOf(entry: Uint8Array, terms: Terms): number {
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.byteLength);
  if (!bytes.includes(ACCESS)) return Number.POSITIVE_INFINITY;
  const at = bytes.indexOf(ACTIVITY);
  if (at < 0) return Number.POSITIVE_INFINITY;
  const from = at + ACTIVITY.length;
  const [activity = ''] = bytes.toString('utf8', from, from + LONGEST_NAME).split(/[@"]/, 1);
  return Object.hasOwn(terms, activity) ? (terms[activity] ?? 0) : Number.POSITIVE_INFINITY;
}
