import type { Condition, Plan, Test } from '../query/plan.ts';
import { ATTRIBUTES, type Attribute, SINGLE_ATTRIBUTES, WORD_ATTRIBUTES } from '../segment/attributes.ts';
import type { Facts } from '../segment/facts.ts';
import { personPrefix, PersonResolver } from '../segment/person-resolver.ts';
import { placeOf } from '../segment/builder.ts';
import { uuidBytes } from '../segment/uuid-bytes.ts';
import type { IndexVault } from '../vault-port.ts';
import { type ActivityNames, matchesWord, rolesOf } from './resolve.ts';

/** An entry to be judged by itself. */
export interface Judged {
  readonly index: number;
  readonly facts: Facts;
  /** Subjects in earlier parts of the same event. */
  readonly base: number;
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

  matches(entry: Judged): boolean {
    return this.#plan.conditions.every((condition) => this.#meets(condition, entry));
  }

  #meets(condition: Condition, entry: Judged): boolean {
    return condition.any.some((test) => this.#test(test, entry)) !== condition.negated;
  }

  #test(test: Test, { index, facts, base }: Judged): boolean {
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
        return this.#mentions(facts, base, test.type, test.id, rolesOf(test));
      case 'trace':
        return this.#traced(facts, base, test.trace);
      default:
        return test satisfies never;
    }
  }

  #mentions(facts: Facts, base: number, type: string, id: string, roles: number): boolean {
    const uuid = entryId(facts.id);
    const [vault, persons] = [this.#vault, this.#persons];
    if (uuid === undefined || vault === undefined || persons === undefined) return false;
    const wanted = personPrefix(vault, type, id);
    return facts.mentions.some(
      (mention) =>
        ((roles >>> mention.role) & 1) === 1 &&
        persons.resolve(uuid, placeOf(mention, base), mention.ptr)?.person === wanted,
    );
  }

  #traced(facts: Facts, base: number, trace: string): boolean {
    const uuid = entryId(facts.id);
    if (uuid === undefined || this.#vault === undefined) return false;
    return (
      this.#persons?.trace(uuid, facts, base)?.person === personPrefix(this.#vault, 'zegel-trace', trace)
    );
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
