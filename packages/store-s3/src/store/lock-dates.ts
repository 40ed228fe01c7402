import type { Lock } from '../bucket/object-version.ts';
import { lockFor } from '../lock.ts';
import type { Context } from './context.ts';

const RECORDED = Buffer.from('"recorded":"');
const TIME = 24;

type Rules = Pick<Context, 'place' | 'terms'>;

/** The lock of a segment that is put now. */
export function lockFrom(
  { place, terms }: Rules,
  entries: readonly (Uint8Array | undefined)[],
): Lock | undefined {
  const there = entries.filter((entry) => entry !== undefined);
  return lockFor(there, place.lock, terms, Date.now());
}

/** Until when a segment is to be locked at least, by what its entries say of their time, ms; 0 where they say nothing. */
export function lockedUntil({ place, terms }: Rules, entries: readonly (Uint8Array | undefined)[]): number {
  if (place.lock.mode === 'none') return 0;
  const there = entries.filter((entry) => entry !== undefined);
  const recorded = recordedOf(there.at(-1));
  if (recorded === undefined) return 0;
  return lockFor(there, place.lock, terms, recorded)?.until.getTime() ?? 0;
}

function recordedOf(entry: Uint8Array | undefined): number | undefined {
  if (entry === undefined) return undefined;
  const bytes = Buffer.from(entry.buffer, entry.byteOffset, entry.length);
  const at = bytes.lastIndexOf(RECORDED);
  if (at < 0) return undefined;
  const start = at + RECORDED.length;
  const time = Date.parse(bytes.toString('latin1', start, start + TIME));
  return Number.isNaN(time) ? undefined : time;
}
