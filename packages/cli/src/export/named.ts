import type { Person, ShownEntry } from '@zegel/reading';
import { CliError } from '../run/cli-error.ts';

type People = Pick<ShownEntry, 'persons'>;

/** Whom the entry of a consultation names, and what may be shown after it. */
export class Named {
  readonly #persons = new Map<string, Person>();

  /** Everybody in these entries. */
  static async in(entries: AsyncIterable<People>): Promise<Named> {
    const named = new Named();
    for await (const { persons } of entries)
      for (const person of persons) named.#persons.set(keyOf(person), person);
    return named;
  }

  get persons(): Iterable<Person> {
    return this.#persons.values();
  }

  /**
   * The entries again, as long as they show nobody else: an index that another process makes anew meanwhile can find more
   * the second time.
   *
   * @throws CliError `INDEX_CHANGED`
   */
  async *only<T extends People>(entries: AsyncIterable<T>): AsyncGenerator<T> {
    for await (const entry of entries) {
      if (!entry.persons.every((person) => this.#persons.has(keyOf(person))))
        throw new CliError(
          'INDEX_CHANGED',
          'the index was made anew during the export; nothing more was written',
        );
      yield entry;
    }
  }
}

function keyOf({ type, id }: Person): string {
  return `${type}:${id}`;
}
