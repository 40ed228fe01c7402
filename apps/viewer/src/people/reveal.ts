import type { Person, ShownEntry } from '@zegel/reading';
import { isRecord } from '../export/entry-parts.ts';

/** Where an entry mentions somebody. */
type Place = 'actor' | 'onBehalfOf' | `subject-${number}`;

/** Somebody whom an entry mentions, and the vault knows. */
export interface Mentioned {
  readonly place: Place;
  readonly person: Person;
  /** Of a subject. */
  readonly involvement: string;
}

/** Everybody whom an entry mentions and the vault knows, in order. */
export function mentioned({ object }: Pick<ShownEntry, 'object'>): readonly Mentioned[] {
  const { actor, onBehalfOf, subjects } = object;
  const places: (readonly [Place, unknown])[] = [
    ['actor', isRecord(actor) ? actor['person'] : undefined],
    ['onBehalfOf', onBehalfOf],
    ...(Array.isArray(subjects) ? subjects : []).map((one: unknown, at) => [`subject-${at}`, one] as const),
  ];
  return places.flatMap(([place, shown]) => {
    const person = personIn(shown);
    if (person === undefined) return [];
    const involvement = isRecord(shown) ? shown['involvement'] : undefined;
    return [{ place, person, involvement: typeof involvement === 'string' ? involvement : '' }];
  });
}

/** Those of the places asked for; of none: everybody. */
export function chosen(all: readonly Mentioned[], places: readonly string[]): readonly Mentioned[] {
  return places.length === 0 ? all : all.filter(({ place }) => places.includes(place));
}

function personIn(shown: unknown): Person | undefined {
  if (!isRecord(shown)) return undefined;
  const { type, id } = shown;
  return typeof type === 'string' && typeof id === 'string' ? { type, id } : undefined;
}
