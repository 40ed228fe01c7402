import { parseUuid } from '@zegel/core';
import type { LogSource } from '../log-port.ts';
import type { Condition, Plan, Test } from '../query/plan.ts';
import type { TimeRange } from '../query/plan-time.ts';
import { type Attribute, ATTRIBUTES, ROLE, WORD_ATTRIBUTES } from '../segment/attributes.ts';
import { readFacts } from '../segment/facts.ts';
import { personPrefix } from '../segment/person-resolver.ts';
import type { Terms } from '../segment/terms.ts';
import { IndexError } from '../store/index-error.ts';
import { prefixOf, rolesOf } from './person-test.ts';
import type { IndexVault } from '../vault-port.ts';

/** A person sought: 8 characters of its key and a bit per role. */
interface SoughtPerson {
  readonly person: string;
  readonly roles: number;
}

/** A condition in the terms of one index: any of these. */
export interface Sought {
  readonly negated: boolean;
  readonly terms: number[];
  readonly persons: SoughtPerson[];
  readonly times: TimeRange[];
  /** Inclusive. */
  readonly indexes: (readonly [number, number])[];
}

/** Names by which people know an activity, as a register gives them in each language. */
export type ActivityNames = ReadonlyMap<string, readonly string[]>;

/** What resolving needs besides the plan. */
export interface ResolveContext {
  readonly terms: Terms;
  readonly vault: IndexVault | undefined;
  readonly names: ActivityNames | undefined;
  /** Ranges of entry indexes by UUID text. */
  readonly ids: ReadonlyMap<string, readonly [number, number]>;
}

/** Entry indexes of every UUID in a plan: a split event has adjacent parts. */
export async function findIds(
  plan: Plan,
  log: LogSource,
): Promise<ReadonlyMap<string, readonly [number, number]>> {
  const found = new Map<string, readonly [number, number]>();
  for (const test of plan.conditions.flatMap((condition) => condition.any)) {
    if (test.kind !== 'id' || found.has(test.id)) continue;
    const range = await findEvent(test.id, log);
    if (range !== undefined) found.set(test.id, range);
  }
  return found;
}

async function findEvent(id: string, log: LogSource): Promise<readonly [number, number] | undefined> {
  const first = await log.findById(parseUuid(id));
  if (first === undefined) return undefined;
  let last: number = first;
  for await (const chunk of log.read(first, await log.size())) {
    for (const entry of chunk) {
      const facts = entry.bytes === undefined ? undefined : readFacts(entry.bytes);
      if (facts !== undefined && facts.id !== id) return [first, last];
      if (facts !== undefined) last = entry.index;
    }
  }
  return [first, last];
}

/**
 * Translates a plan's conditions, the cheapest to test first and negations last.
 *
 * @throws IndexError INDEX_NEEDS_VAULT when persons are sought without a vault
 */
export function resolvePlan(plan: Plan, context: ResolveContext): readonly Sought[] {
  const sought = plan.conditions.map((condition) => resolveCondition(condition, context));
  return sought.sort((a, b) => cost(a) - cost(b));
}

function cost(sought: Sought): number {
  const own = sought.times.length > 0 ? 4 : sought.terms.length > 0 ? 2 : sought.persons.length > 0 ? 1 : 0;
  return own + (sought.negated ? 8 : 0);
}

function resolveCondition(condition: Condition, context: ResolveContext): Sought {
  const sought: Sought = { negated: condition.negated, terms: [], persons: [], times: [], indexes: [] };
  for (const test of condition.any) resolveTest(test, sought, context);
  return sought;
}

function resolveTest(test: Test, sought: Sought, context: ResolveContext): void {
  switch (test.kind) {
    case 'term':
      return resolveTerm(test.attribute, test.value, sought, context);
    case 'word':
      return void sought.terms.push(...wordTerms(test.text, context));
    case 'person':
    case 'token':
      return void sought.persons.push({
        person: prefixOf(test, requireVault(context)),
        roles: rolesOf(test),
      });
    case 'trace':
      return void sought.persons.push(traceSought(test.trace, requireVault(context)));
    case 'time':
      return void sought.times.push(test);
    case 'index':
      return void sought.indexes.push([test.first, test.last]);
    case 'id':
      return void sought.indexes.push(...[context.ids.get(test.id) ?? []].filter(isRange));
    default:
      return test satisfies never;
  }
}

function isRange(value: readonly number[]): value is readonly [number, number] {
  return value.length === 2;
}

function resolveTerm(attribute: string, value: string, sought: Sought, context: ResolveContext): void {
  const known = ATTRIBUTES.find((one) => one === attribute);
  const id = known && context.terms.find(known, value);
  if (id !== undefined) sought.terms.push(id);
}

function wordTerms(text: string, { terms, names }: ResolveContext): number[] {
  const found: number[] = [];
  for (const attribute of WORD_ATTRIBUTES) {
    for (const term of terms.of(attribute)) {
      if (matchesWord(attribute, term.value, text, names)) found.push(term.id);
    }
  }
  return found;
}

/** Whether a name contains a word (in small letters); an activity also by what the register calls it. */
export function matchesWord(
  attribute: Attribute,
  value: string,
  text: string,
  names: ActivityNames | undefined,
): boolean {
  if (value.toLowerCase().includes(text)) return true;
  if (attribute !== 'activity') return false;
  return names?.get(value)?.some((name) => name.toLowerCase().includes(text)) ?? false;
}

function traceSought(trace: string, vault: IndexVault): SoughtPerson {
  return { person: personPrefix(vault, 'zegel-trace', trace), roles: 1 << ROLE.trace };
}

function requireVault({ vault }: ResolveContext): IndexVault {
  if (vault !== undefined) return vault;
  throw new IndexError(
    'INDEX_NEEDS_VAULT',
    'persons and traces are found through the vault, which is not open',
  );
}
