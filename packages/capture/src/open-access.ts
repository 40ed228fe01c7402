import type { Action } from '@zegel/core';
import type { CheckedDeclaration } from './declaration.ts';
import { beyondEntry, entryOf, FLAG, splitEntries, type Told } from './ending.ts';
import type { Entry, Facts } from './entry.ts';
import { CaptureError, DeniedError } from './errors.ts';
import { Excess } from './excess.ts';
import type { Counters } from './gaps/counters.ts';
import { Gathered } from './gathered.ts';
import { type Groups, involvementOf } from './groups.ts';
import type { Person } from './person.ts';
import type { OnProblem } from './problem.ts';
import type { Recorder } from './recorder.ts';
import type { Declared, End, Observation } from './request-context.ts';
import type { CaptureReceipt } from './sink.ts';

/** What accesses are opened with. */
export interface AccessTools {
  readonly recorder: Recorder;
  readonly counters: Counters;
  readonly dataLayer: boolean;
  /** The register's; undefined: any. */
  readonly roles: ReadonlySet<string> | undefined;
  readonly report: OnProblem;
}

/** One access to be opened. */
export interface Opening {
  readonly facts: Facts;
  /** To be sealed with it. Undefined for an access within a request, which goes on. */
  readonly groups: Groups | undefined;
  readonly checked: CheckedDeclaration;
  readonly subjects: readonly Person[] | 'discovered';
  readonly operation: string | undefined;
}

/** Actions whose data goes nowhere before their result does: they may be done first and withheld. */
const WITHHOLDABLE: ReadonlySet<Action> = new Set<Action>(['read', 'search', 'export']);

/** What there was to await is done. */
export const DONE: Promise<void> = Promise.resolve();

/**
 * An access between its declaration and its end. Three ways of sealing it:
 * subjects known and nothing to withhold: an entry `begun` first, and a second one only if it ends otherwise than declared;
 * what can be withheld: one entry, after the act and before its result;
 * a change of data whose persons are found by it: an entry `begun` without persons first, then one with them.
 */
export class OpenAccess implements Declared {
  readonly policy: Declared['policy'];
  readonly early: boolean;
  readonly #tools: AccessTools;
  readonly #opening: Opening;
  readonly #persons: Gathered;
  #beyondDeclared: Excess | undefined;
  #seen = false;
  /** Why the result may not go out. */
  #failure: CaptureError | undefined;
  #begun: { readonly receipt: CaptureReceipt | undefined; index: number | undefined } | undefined;
  #ended = false;

  constructor(tools: AccessTools, opening: Opening) {
    const { checked, subjects } = opening;
    this.#tools = tools;
    this.#opening = opening;
    this.#persons = new Gathered(involvementOf(checked));
    if (subjects !== 'discovered') this.#persons.add(subjects);
    this.policy = checked.policy;
    const withheld = this.#isDiscovered || tools.dataLayer;
    this.early = !(withheld && WITHHOLDABLE.has(checked.action));
  }

  get isEnded(): boolean {
    return this.#ended;
  }

  get isDiscovered(): boolean {
    return this.#isDiscovered;
  }

  get hasPersons(): boolean {
    return this.#persons.size > 0;
  }

  get key(): string {
    return this.#opening.checked.key;
  }

  /** Rarely there is any. */
  get #excess(): Excess {
    return (this.#beyondDeclared ??= new Excess(this.#opening.checked));
  }

  get #isDiscovered(): boolean {
    return this.#opening.subjects === 'discovered';
  }

  saw(persons: readonly Person[]): void {
    this.#seen = true;
    if (this.#isDiscovered) this.#persons.add(persons);
    else this.#beyond(persons, { persons, fields: [] });
  }

  observe(observation: Observation): void {
    const { persons, fields, unknown = false, write = false } = observation;
    this.#seen = true;
    if (this.#isDiscovered) this.#persons.add(persons);
    else this.#beyond(persons, observation);
    const more = fields.filter((field) => !this.#opening.checked.fields.includes(field));
    if (more.length > 0) {
      for (const field of more) this.#excess.fields.add(field);
      this.#flag(FLAG.undeclared, observation, 'UNDECLARED', `fields were not declared: ${more.join(', ')}`);
    }
    if (unknown)
      this.#flag(FLAG.unknownColumns, observation, 'UNDECLARED', 'columns of unknown origin were read');
    if (write && this.#persons.size === 0) {
      this.#flag(FLAG.unknownSubjects, observation, 'BULK_UNKNOWN', 'a change does not say whom it touches');
    }
  }

  before(): Promise<void> {
    if (this.#isBarred) return this.#deny();
    return this.early && this.#begun === undefined ? this.#begin() : DONE;
  }

  /** The actor's role is one of the register's, but not one that this activity is for. */
  get #isBarred(): boolean {
    const { role } = this.#opening.facts.actor;
    const { roles } = this.#opening.checked.compiled;
    return role !== undefined && roles?.has(role) === false && this.#tools.roles?.has(role) !== false;
  }

  async #deny(): Promise<never> {
    this.#ended = true;
    await this.#tools.recorder.seal([entryOf(this.#told(), 'denied')]);
    throw new DeniedError(`the activity ${this.#opening.checked.activity} is not for this role`);
  }

  async #begin(): Promise<void> {
    const receipt = await this.#tools.recorder.seal([entryOf(this.#told(), 'begun')]);
    const begun = { receipt, index: receipt?.index };
    this.#begun = begun;
    receipt?.logged?.then(
      ({ index }) => (begun.index ??= index),
      () => undefined, // the second entry then goes without the index of the first
    );
  }

  after(end: End): Promise<void> {
    if (this.#ended) return DONE;
    this.#ended = true;
    const { groups } = this.#opening;
    const isTold = this.#begun !== undefined && !this.#isDiscovered && end.outcome === 'success';
    const isAll = this.#beyondDeclared === undefined && this.#failure === undefined;
    return isTold && isAll && groups?.isEmpty !== false ? DONE : this.#end(end);
  }

  async #end({ outcome }: End): Promise<void> {
    const failure = outcome === 'success' ? (this.#failure ?? this.#unseen()) : undefined;
    const end: End = { outcome: failure === undefined ? outcome : 'error' };
    const { groups, facts, checked } = this.#opening;
    const own = this.#ending(end);
    // Nothing new is told but how it ended, and that it began is durable: not to be able to tell withholds nothing.
    const lenient = this.#begun !== undefined && !this.#isDiscovered && this.#excess.isEmpty;
    if (lenient) await this.#tools.recorder.seal(own, true);
    await this.#seal([...(lenient ? [] : own), ...(groups?.take(facts, end) ?? [])]);
    if (this.#excess.flags.has(FLAG.unknownSubjects) && this.policy === 'available') {
      await this.#tools.counters.count([checked.activity]);
    }
    if (failure !== undefined) throw failure;
  }

  async #seal(entries: readonly Entry[]): Promise<void> {
    try {
      await this.#tools.recorder.seal(entries);
    } catch (error) {
      // A change has been made and nobody can say whom it touched: that it began is all the log has.
      if (this.#begun !== undefined) await this.#tools.counters.count([this.#opening.checked.activity]);
      throw error;
    }
  }

  /** What is to be told at the end, if anything. */
  #ending({ outcome }: End): readonly Entry[] {
    const told = this.#told();
    const excess = this.#beyondDeclared;
    if (this.#begun === undefined && excess?.operation !== undefined) return splitEntries(told, outcome);
    if (this.#begun === undefined || this.#isDiscovered) return [entryOf(told, outcome)];
    if (outcome !== 'success') return [entryOf(told, outcome)];
    return excess === undefined || excess.isEmpty ? [] : [beyondEntry(told, excess, outcome)];
  }

  #told(): Told {
    return {
      ...{ facts: this.#opening.facts, checked: this.#opening.checked, operation: this.#opening.operation },
      ...{ persons: this.#persons.list(), excess: this.#beyondDeclared, begun: this.#begun },
    };
  }

  #beyond(persons: readonly Person[], observation: Observation): void {
    const more = persons.filter((person) => !this.#persons.has(person));
    if (more.length === 0) return;
    this.#excess.persons.add(more);
    this.#note(FLAG.undeclared, observation, 'persons were read who were not declared');
  }

  #note(flag: string, observation: Observation, message: string): void {
    const { operation = 'a statement' } = observation;
    const { activity } = this.#opening.checked;
    this.#excess.note(flag, observation);
    this.#tools.report({
      kind: flag === FLAG.undeclared ? flag : 'flagged',
      activity,
      message: `${operation}: ${message}`,
    });
  }

  /** Flags what may not be, and under `strict` refuses it there and then. */
  #flag(flag: string, observation: Observation, code: 'UNDECLARED' | 'BULK_UNKNOWN', message: string): void {
    this.#note(flag, observation, message);
    if (this.policy !== 'strict') return;
    this.#failure ??= new CaptureError(code, message, { activity: this.#opening.checked.activity });
    throw this.#failure;
  }

  #unseen(): CaptureError | undefined {
    if (!this.#isDiscovered || this.#seen) return undefined;
    const { activity } = this.#opening.checked;
    return new CaptureError('NOTHING_SEEN', 'the access was to say whose data it found, and did not', {
      activity,
    });
  }
}
