import { canonicalize, type JsonValue, openPart, type SealedPart } from '@zegel/core';
import { POSITION } from './mentions.ts';

/** An entry as it reads; only keys that are looked at here. */
export interface EntryText {
  readonly kind: string;
  readonly id: string;
  readonly activity?: string;
  readonly occurred?: string;
  readonly actor?: { readonly person?: { readonly ptr: string } };
  readonly onBehalfOf?: { readonly ptr: string };
  readonly subjects?: readonly { readonly involvement: string; readonly ptr: string }[];
  readonly sealed?: readonly SealedPart[];
  readonly part?: { readonly number: number; readonly of: number };
}

/** Pointers of all mentions of an event, by position over its parts (format v1 §3). */
export function pointersOf(parts: readonly EntryText[]): ReadonlyMap<number, string> {
  const pointers = new Map<number, string>();
  const [first] = parts;
  const actor = first?.actor?.person;
  if (actor !== undefined) pointers.set(POSITION.actor, actor.ptr);
  if (first?.onBehalfOf !== undefined) pointers.set(POSITION.onBehalfOf, first.onBehalfOf.ptr);
  const subjects = parts.flatMap((part) => part.subjects ?? []);
  for (const [i, { ptr }] of subjects.entries()) pointers.set(POSITION.firstSubject + i, ptr);
  return pointers;
}

// What the commit fills in, what a second sealing makes anew, and what is compared in a way of its own.
const ASIDE: ReadonlySet<string> = new Set(
  'control index prev recorded id part flags sealed subjects onBehalfOf occurred'.split(' '),
);

/** What an event says in clear, as one text; without names of persons, of which only the order of involvements counts. */
export function clearOf(parts: readonly EntryText[], withOccurred: boolean): string {
  const said = parts.map((part) => {
    const kept = Object.entries(part).filter(([key]) => !ASIDE.has(key));
    const { person: _, ...actor } = part.actor ?? {};
    return canonicalize({
      ...Object.fromEntries(kept),
      // The version of the register in force is the log's own.
      ...(part.activity !== undefined && { activity: part.activity.split('@')[0] ?? '' }),
      ...(part.actor && { actor }),
      ...(withOccurred && part.occurred !== undefined && { occurred: part.occurred }),
    });
  });
  const involvements = parts.flatMap((part) => (part.subjects ?? []).map((one) => one.involvement));
  // Parts repeat what they share.
  return canonicalize([[...new Set(said)], involvements]);
}

/** What an event sealed, as one text; undefined where something does not open. */
export function secretsIn(
  parts: readonly EntryText[],
  origin: string,
  keyOf: (position: number) => Uint8Array | undefined,
): string | undefined {
  const [first] = parts;
  const values: JsonValue[] = [];
  for (const [position, sealed] of (first?.sealed ?? []).entries()) {
    const keys = sealed.persons.map(keyOf);
    if (first === undefined || !keys.every((key) => key !== undefined)) return undefined;
    const place = { origin, entryId: first.id, partNumber: first.part?.number ?? 0, position };
    const opened = openPart({ ...place, sealed, keys });
    if (!opened.ok) return undefined;
    values.push([sealed.part, [...sealed.persons], opened.value]);
  }
  return canonicalize(values);
}
