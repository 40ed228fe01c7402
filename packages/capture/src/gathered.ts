import type { Involvement } from '@zegel/core';
import type { Person } from './person.ts';

const RANK: Readonly<Record<Involvement, number>> = { target: 2, shown: 1, related: 0 };

/** Persons without duplicates, in the order they came; of two involvements the closer one stays. */
export class Gathered {
  readonly #persons: Person[] = [];
  /** Places in {@link #persons} by type and id; a joined key would cost more than all the rest. */
  readonly #places = new Map<string, Map<string, number>>();
  readonly #otherwise: Involvement;

  /** @param otherwise involvement of persons that come without */
  constructor(otherwise: Involvement) {
    this.#otherwise = otherwise;
  }

  get size(): number {
    return this.#persons.length;
  }

  add(persons: readonly Person[]): void {
    let type: string | undefined;
    let places: Map<string, number> | undefined;
    for (const person of persons) {
      // Most often all are of one type.
      if (places === undefined || person.type !== type) {
        type = person.type;
        places = this.#of(type);
      }
      const place = places.get(person.id);
      if (place === undefined) places.set(person.id, this.#persons.push(person) - 1);
      else if (person.involvement !== this.#persons[place]?.involvement) this.#closer(place, person);
    }
  }

  has({ type, id }: Person): boolean {
    return this.#places.get(type)?.has(id) === true;
  }

  list(): readonly Person[] {
    return [...this.#persons];
  }

  #of(type: string): Map<string, number> {
    const known = this.#places.get(type);
    if (known !== undefined) return known;
    const places = new Map<string, number>();
    this.#places.set(type, places);
    return places;
  }

  #closer(place: number, person: Person): void {
    if (this.#rank(person) > this.#rank(this.#persons[place])) this.#persons[place] = person;
  }

  #rank(person: Person | undefined): number {
    return RANK[person?.involvement ?? this.#otherwise] ?? -1;
  }
}
