import type { Lock } from './bucket/object-version.ts';
import type { LockRule } from './s3-url.ts';

/** Shortest term of each activity, ms; an activity that is not named has none (port `terms`). */
export type Terms = Readonly<Record<string, number>>;

const DAY_MS = 86_400_000;
const ACCESS = Buffer.from('"kind":"access"');
const ACTIVITY = Buffer.from('"activity":"');
const LONGEST_NAME = 256;

/**
 * The lock of a segment: as long as the rule says, and never beyond the shortest term of the activities inside,
 * because a pruned body has to go (format v1 §6). Undefined without one: the rule is `none`, or a term is over at once.
 *
 * @param nowMs our own clock, ms
 */
export function lockFor(
  entries: readonly Uint8Array[],
  rule: LockRule,
  terms: Terms,
  nowMs: number,
): Lock | undefined {
  if (rule.mode === 'none') return undefined;
  let forMs = rule.days * DAY_MS;
  if (Object.keys(terms).length > 0)
    for (const entry of entries) forMs = Math.min(forMs, termOf(entry, terms));
  // Whole seconds, which is what servers keep; downwards, because a term ends when it ends.
  const until = new Date(Math.floor((nowMs + forMs) / 1000) * 1000);
  return until.getTime() > nowMs ? { mode: rule.mode, until } : undefined;
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
