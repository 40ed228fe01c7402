import type { Involvement } from '@zegel/core';
import type { Person } from './person.ts';

const RANK: Readonly<Record<Involvement, number>> = { target: 2, shown: 1, related: 0 };

/** Persons without duplicates, in the order they came; of two involvements the closer one stays. */
export class Gathered {
  readonly #persons = new Map<string, Person>();
  readonly #otherwise: Involvement;

  /** @param otherwise involvement of persons that come without */
  constructor(otherwise: Involvement) {
    this.#otherwise = otherwise;
  }

  get size(): number {
    return this.#persons.size;
  }

  add(persons: readonly Person[]): void {
    for (const person of persons) {
      const key = `${person.type}\0${person.id}`;
      const known = this.#persons.get(key);
      if (known === undefined || this.#rank(person) > this.#rank(known)) this.#persons.set(key, person);
    }
  }

  has({ type, id }: Person): boolean {
    return this.#persons.has(`${type}\0${id}`);
  }

  list(): readonly Person[] {
    return [...this.#persons.values()];
  }

  #rank({ involvement = this.#otherwise }: Person): number {
    return RANK[involvement] ?? -1;
  }
}
