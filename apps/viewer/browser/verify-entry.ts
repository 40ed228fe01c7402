import { type Bytes, textOf } from './verify-bytes.ts';

/** Keys of an entry that a check looks at; what else it says is not asked. */
export interface ReadEntry {
  readonly index?: unknown;
  readonly prev?: unknown;
  readonly kind?: unknown;
  readonly ranges?: unknown;
}

/** Reads the JSON of an entry's bytes; undefined where they are no object. */
export function readEntry(bytes: Bytes): ReadEntry | undefined {
  try {
    const value: unknown = JSON.parse(textOf(bytes) ?? '');
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a `retention` entry names this index among the bodies it prunes: inclusive ranges (format v1 §1). */
export function covers({ kind, ranges }: ReadEntry, index: number): boolean {
  if (kind !== 'retention' || !Array.isArray(ranges)) return false;
  return ranges.some((range: unknown) => {
    const [first, last] = Array.isArray(range) ? (range as readonly unknown[]) : [];
    return typeof first === 'number' && typeof last === 'number' && first <= index && index <= last;
  });
}
