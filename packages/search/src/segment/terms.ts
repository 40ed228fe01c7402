import { ATTRIBUTES, type Attribute, SINGLE_ATTRIBUTES } from './attributes.ts';

/** A term: one value of one attribute. Numbers run from 1 in the order of first use. */
export interface Term {
  readonly id: number;
  /** Place in ATTRIBUTES. */
  readonly attribute: number;
  readonly value: string;
}

/** The terms of an index in memory. */
export class Terms {
  readonly #ids: readonly Map<string, number>[] = ATTRIBUTES.map(() => new Map());
  readonly #terms: Term[] = [];

  /** Number of terms; also the highest term number. */
  get size(): number {
    return this.#terms.length;
  }

  /** The number of a value, given out if it has none yet. */
  add(attribute: number, value: string): number {
    const known = this.#ids[attribute]?.get(value);
    if (known !== undefined) return known;
    const id = this.#terms.length + 1;
    this.#terms.push({ id, attribute, value });
    this.#ids[attribute]?.set(value, id);
    return id;
  }

  find(attribute: Attribute, value: string): number | undefined {
    return this.#ids[ATTRIBUTES.indexOf(attribute)]?.get(value);
  }

  get(id: number): Term | undefined {
    return this.#terms[id - 1];
  }

  /** Terms with a number above `id`, ascending. */
  after(id: number): readonly Term[] {
    return this.#terms.slice(id);
  }

  /** Terms of an attribute, in no particular order. */
  *of(attribute: Attribute): IterableIterator<Term> {
    for (const id of this.#ids[ATTRIBUTES.indexOf(attribute)]?.values() ?? []) {
      const term = this.get(id);
      if (term !== undefined) yield term;
    }
  }

  /** Takes back every term above `id`: their commit did not happen. */
  cut(id: number): void {
    for (const term of this.#terms.splice(id)) this.#ids[term.attribute]?.delete(term.value);
  }

  /** Whether an attribute has a column. */
  static hasColumn(attribute: number): boolean {
    return attribute < SINGLE_ATTRIBUTES.length;
  }
}
