import type { AsyncLocalStorage } from 'node:async_hooks';
import type { CheckedDeclaration } from './declaration.ts';
import type { Facts } from './entry.ts';
import { CaptureError } from './errors.ts';
import { Groups } from './groups.ts';
import { type AccessTools, DONE, OpenAccess } from './open-access.ts';
import type { Actor, Person } from './person.ts';
import type { ContextSeed, End, Observation, RequestContext } from './request-context.ts';
import { newTrace } from './trace.ts';

/** What contexts are made with. */
export interface ContextTools extends AccessTools {
  readonly storage: AsyncLocalStorage<Context>;
}

const NOBODY: Actor = Object.freeze({ kind: 'anonymous' });

/** {@link RequestContext}, and those within it: each access that takes an act runs it in a context of its own. */
export class Context implements RequestContext {
  readonly #tools: ContextTools;
  readonly #facts: Facts;
  readonly #groups: Groups;
  readonly #isInner: boolean;
  #open: OpenAccess[] = [];

  private constructor(tools: ContextTools, facts: Facts, groups: Groups, isInner: boolean) {
    this.#tools = tools;
    this.#facts = facts;
    this.#groups = groups;
    this.#isInner = isInner;
  }

  /** @param flags remarks on every entry made in the context */
  static begin(tools: ContextTools, seed: ContextSeed, flags: readonly string[] = []): Context {
    const { actor = NOBODY, operation, onBehalfOf, reason, trace = newTrace() } = seed;
    const facts: Facts = {
      actor: { ...actor },
      operation,
      onBehalfOf,
      case: seed.case,
      reason,
      trace,
      flags,
    };
    return new Context(tools, Object.freeze(facts), new Groups(), false);
  }

  get actor(): Actor {
    return this.#facts.actor;
  }

  get operation(): string | undefined {
    return this.#facts.operation;
  }

  get trace(): Facts['trace'] {
    return this.#facts.trace;
  }

  run<T>(fn: () => T): T {
    return this.#tools.storage.run(this, fn);
  }

  /** A context of the same request, in which nothing is open. */
  within(): Context {
    return new Context(this.#tools, this.#facts, this.#groups, true);
  }

  declare(
    checked: CheckedDeclaration,
    subjects: readonly Person[] | 'discovered',
    operation?: string,
  ): OpenAccess {
    const [facts, groups] = [this.#facts, this.#isInner ? undefined : this.#groups];
    const access = new OpenAccess(this.#tools, { facts, groups, checked, subjects, operation });
    this.#open = this.#open.filter(({ isEnded }) => !isEnded);
    this.#open.push(access);
    return access;
  }

  observe(observation: Observation): void {
    const access = this.#current();
    if (access !== undefined) return access.observe(observation);
    const { operation = 'a statement' } = observation;
    const message = `${operation}: personal data outside any declared access`;
    this.#tools.report({ kind: 'undeclared', activity: undefined, message });
    throw new CaptureError('UNDECLARED', message);
  }

  saw(persons: readonly Person[]): void {
    const access = this.#open.findLast((each) => !each.isEnded && each.isDiscovered) ?? this.#current();
    if (access !== undefined) return access.saw(persons);
    throw new CaptureError('NO_CONTEXT', 'persons were seen where no access is open');
  }

  sawUnder(checked: CheckedDeclaration, persons: readonly Person[]): void {
    const equal = this.#open.find((each) => !each.isEnded && each.isDiscovered && each.key === checked.key);
    if (equal === undefined) this.#groups.add(checked, persons);
    else equal.saw(persons);
  }

  seal(end: End): Promise<void> {
    this.#groups.close();
    if (this.#groups.isEmpty) return DONE;
    return this.#tools.recorder.seal(this.#groups.take(this.#facts, end)).then(() => undefined);
  }

  #current(): OpenAccess | undefined {
    return this.#open.findLast(({ isEnded }) => !isEnded);
  }
}
