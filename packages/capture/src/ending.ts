import type { CheckedDeclaration } from './declaration.ts';
import type { Entry, Facts } from './entry.ts';
import type { Excess } from './excess.ts';
import type { Person } from './person.ts';

/** Flags that the capturing layer sets. */
export const FLAG = {
  undeclared: 'undeclared',
  unknownColumns: 'unknown-columns',
  unknownSubjects: 'unknown-subjects',
  /** Supplements an entry whose index is not known: the one before it, or one of the same trace. */
  supplement: 'supplement',
} as const;

/** What there is to tell of an access. */
export interface Told {
  readonly facts: Facts;
  readonly checked: CheckedDeclaration;
  readonly operation: string | undefined;
  readonly persons: readonly Person[];
  readonly excess: Excess | undefined;
  /** The entry that began it, where there is one. */
  readonly begun: { readonly index: number | undefined } | undefined;
}

/** The entry of an access. */
export function entryOf(told: Told, outcome: Entry['outcome']): Entry {
  const { facts, checked, operation, persons, excess, begun } = told;
  const allowed = checked.compiled.fields;
  const more = [...(excess?.fields ?? [])].filter((field) => allowed === undefined || allowed.has(field));
  const flags = [
    ...(excess?.flags ?? []),
    ...(begun !== undefined && begun.index === undefined ? [FLAG.supplement] : []),
  ];
  return {
    facts,
    checked,
    operation: checked.operation ?? operation ?? facts.operation,
    persons: [...persons, ...(excess?.persons.list() ?? [])],
    outcome,
    of: begun?.index,
    ...(more.length > 0 && { fields: [...checked.fields, ...more] }),
    ...(flags.length > 0 && { flags }),
  };
}

/** Whom and what the declared entry left out, under the name of the statement that showed it. */
export function beyondEntry(told: Told, excess: Excess, outcome: Entry['outcome']): Entry {
  const entry = entryOf(told, outcome);
  return {
    ...entry,
    operation: excess.operation ?? entry.operation,
    persons: excess.fields.size > 0 ? entry.persons : excess.persons.list(),
  };
}

/** What was declared, and right behind it what went beyond: to be appended together. */
export function splitEntries(told: Told, outcome: Entry['outcome']): readonly Entry[] {
  const declared = entryOf({ ...told, excess: undefined }, outcome);
  if (told.excess === undefined) return [declared];
  const { flags = [], ...beyond } = beyondEntry(told, told.excess, outcome);
  return [declared, { ...beyond, flags: [...flags, FLAG.supplement] }];
}
