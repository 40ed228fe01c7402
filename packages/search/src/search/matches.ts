import type { Condition, PersonTest, Plan, Test } from '../query/plan.ts';
import { ATTRIBUTES, type Attribute, SINGLE_ATTRIBUTES, WORD_ATTRIBUTES } from '../segment/attributes.ts';
import { type Facts, placeOf } from '../segment/facts.ts';
import { personPrefix, PersonResolver } from '../segment/person-resolver.ts';
import { uuidBytes } from '../segment/uuid-bytes.ts';
import type { IndexVault } from '../vault-port.ts';
import { prefixOf, rolesOf } from './person-test.ts';
import { type ActivityNames, matchesWord } from './resolve.ts';

/** An entry to be judged by itself. */
export interface Judged {
  readonly index: number;
  readonly facts: Facts;
  /** Subjects in earlier parts of the same event; undefined where nobody can tell. */
  readonly base: number | undefined;
}

/** Judges single entries by a plan, from their own bytes and the vault alone: what the index says plays no part. */
export class Matcher {
  readonly #plan: Plan;
  readonly #vault: IndexVault | undefined;
  readonly #persons: PersonResolver | undefined;
  readonly #names: ActivityNames | undefined;

  constructor(plan: Plan, vault: IndexVault | undefined, names: ActivityNames | undefined) {
    this.#plan = plan;
    this.#vault = vault;
    this.#persons = vault && new PersonResolver(vault);
    this.#names = names;
  }

  /** Whether the entry meets every condition, as far as its bytes and the vault can tell now. */
  matches(entry: Judged): boolean {
    return this.#judge(entry, false);
  }

  /** Whether it may have done so before handles were destroyed that it mentions. */
  mayHaveMatched(entry: Judged): boolean {
    return this.#judge(entry, true);
  }

  #judge(entry: Judged, lenient: boolean): boolean {
    return this.#plan.conditions.every(
      ({ any, negated }: Condition) =>
        any.some((test) => this.#test(test, entry, lenient && !negated)) !== negated,
    );
  }

  #test(test: Test, { index, facts, base }: Judged, lenient: boolean): boolean {
    switch (test.kind) {
      case 'term':
        return valuesOf(
          facts,
          ATTRIBUTES.find((one) => one === test.attribute),
        ).includes(test.value);
      case 'word':
        return WORD_ATTRIBUTES.some((attribute) =>
          valuesOf(facts, attribute).some((value) => matchesWord(attribute, value, test.text, this.#names)),
        );
      case 'time':
        return facts.occurred >= test.from && facts.occurred < test.to;
      case 'index':
        return index >= test.first && index <= test.last;
      case 'id':
        return facts.id === test.id;
      case 'person':
      case 'token':
        return this.#mentions({ facts, base }, test, lenient);
      case 'trace':
        return this.#traced({ facts, base }, test.trace, lenient);
      default:
        return test satisfies never;
    }
  }

  #mentions({ facts, base }: Omit<Judged, 'index'>, test: PersonTest, lenient: boolean): boolean {
    const uuid = entryId(facts.id);
    const [vault, persons, roles] = [this.#vault, this.#persons, rolesOf(test)];
    if (uuid === undefined || vault === undefined || persons === undefined) return false;
    const wanted = prefixOf(test, vault);
    return facts.mentions.some((mention) => {
      if (((roles >>> mention.role) & 1) === 0) return false;
      const place = placeOf(mention, base);
      const found = place === undefined ? undefined : persons.resolve(uuid, place, mention.ptr);
      return found === undefined ? lenient : found.person === wanted;
    });
  }

  #traced({ facts, base }: Omit<Judged, 'index'>, trace: string, lenient: boolean): boolean {
    const uuid = entryId(facts.id);
    if (uuid === undefined || this.#vault === undefined || facts.trace === undefined) return false;
    const found = this.#persons?.trace(uuid, facts, base);
    return found === undefined ? lenient : found.person === personPrefix(this.#vault, 'zegel-trace', trace);
  }
}

function valuesOf(facts: Facts, attribute: Attribute | undefined): readonly string[] {
  if (attribute === undefined) return [];
  const place = ATTRIBUTES.indexOf(attribute);
  if (place >= SINGLE_ATTRIBUTES.length) return facts.multis[place - SINGLE_ATTRIBUTES.length] ?? [];
  const value = facts.singles[place];
  return value === undefined ? [] : [value];
}

function entryId(text: string): Uint8Array | undefined {
  const id = new Uint8Array(16);
  return uuidBytes(text, id) ? id : undefined;
}
