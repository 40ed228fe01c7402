import type { Lock } from '../bucket/object-version.ts';
import type { Context } from './context.ts';

const DAY = 86_400_000;
const ACTIVITY = Buffer.from('"activity":"');
const RECORDED = Buffer.from('"recorded":"');
const ACCESS = Buffer.from('"kind":"access"');
const TIME = 24;

/** The lock of a segment that is put now: as long as asked, but no longer than the shortest term of what is inside. */
export function lockFrom(
  context: Pick<Context, 'place' | 'terms'>,
  entries: readonly (Uint8Array | undefined)[],
  now: number,
): Lock | undefined {
  const { mode } = context.place.lock;
  const span = lockSpan(context, entries);
  return mode === 'none' || span <= 0 ? undefined : { mode, until: new Date(now + span) };
}

/** Until when a segment is to be locked at least, by what its entries say of their time, ms; 0 where they say nothing. */
export function lockedUntil(
  context: Pick<Context, 'place' | 'terms'>,
  entries: readonly (Uint8Array | undefined)[],
): number {
  if (context.place.lock.mode === 'none') return 0;
  const recorded = recordedOf(entries.findLast((entry) => entry !== undefined));
  const span = recorded === undefined ? 0 : lockSpan(context, entries);
  return recorded === undefined || span <= 0 ? 0 : recorded + span;
}

function lockSpan(
  { place, terms }: Pick<Context, 'place' | 'terms'>,
  entries: readonly (Uint8Array | undefined)[],
): number {
  let span = place.lock.days * DAY;
  const isBound = Object.keys(terms).length > 0;
  if (!isBound) return span;
  for (const entry of entries) {
    const activity = entry === undefined ? undefined : activityOf(bufferOf(entry));
    const term = activity === undefined || !Object.hasOwn(terms, activity) ? undefined : terms[activity];
    if (term !== undefined && term < span) span = term;
  }
  return span;
}

/** Key of the activity of an access, whose body is one day to go. */
function activityOf(entry: Buffer): string | undefined {
  const at = entry.indexOf(ACTIVITY);
  if (at < 0 || !entry.includes(ACCESS)) return undefined;
  const start = at + ACTIVITY.length;
  const end = entry.indexOf('"', start);
  const [activity] = entry.toString('latin1', start, end).split('@');
  return activity;
}

function recordedOf(entry: Uint8Array | undefined): number | undefined {
  if (entry === undefined) return undefined;
  const bytes = bufferOf(entry);
  const at = bytes.lastIndexOf(RECORDED);
  if (at < 0) return undefined;
  const start = at + RECORDED.length;
  const time = Date.parse(bytes.toString('latin1', start, start + TIME));
  return Number.isNaN(time) ? undefined : time;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
