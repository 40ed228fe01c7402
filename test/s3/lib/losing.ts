import type { Admin } from './admin.ts';
import { segmentKey } from './admin.ts';

/** Takes something away that nothing in the bucket makes good. Returns how what was there can be put back. */
export interface Loss {
  /** Key that an inspection must name. */
  readonly key: string;
  readonly attack: (admin: Admin) => Promise<() => Promise<unknown>>;
}

/** Every version of a segment goes, and `instead` comes in its place. */
function gone(first: number, instead?: (admin: Admin) => Promise<Uint8Array | string>): Loss {
  const key = segmentKey(first);
  const attack: Loss['attack'] = async (admin) => {
    const other = await instead?.(admin);
    const backup = await admin.takeAway(key);
    if (other !== undefined) await admin.put(key, other);
    return () => admin.put(key, backup);
  };
  return { key, attack };
}

const garbage = (): Promise<string> => Promise.resolve('garbage');
const another = (admin: Admin): Promise<Uint8Array> => admin.get(segmentKey(10));

/** Losses in a log of four segments of ten entries each. */
export const LOSING: Readonly<Record<string, Loss>> = {
  'the first segment gone': gone(0),
  'the first segment replaced with garbage': gone(0, garbage),
  'a segment gone': gone(20),
  'a segment replaced with garbage': gone(20, garbage),
  'a segment replaced with another of the same log': gone(20, another),
  'a segment replaced with half of itself': gone(20, async (admin) => {
    const bytes = await admin.get(segmentKey(20));
    return bytes.subarray(0, bytes.length >> 1);
  }),
  'the last segment gone': gone(30),
  'the last segment replaced with garbage': gone(30, garbage),
  'the last segment replaced with another of the same log': gone(30, another),
};
