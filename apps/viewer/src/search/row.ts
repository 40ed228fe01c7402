import { CONSULTATION_ACTIVITY } from '@zegel/core';
import type { CompiledRegister, VaultReader } from '@zegel/log';
import type { Person, Unknown } from '@zegel/reading';
import {
  activityName,
  isKnown,
  listText,
  localTime,
  plainText,
  roleOf,
  type ShownEntry,
} from '@zegel/reading';
import { tokenOf } from '@zegel/search';
import type { EntryState } from '../checks/checks.ts';
import type { Language } from '../http/preferences.ts';
import { KEYS, nameOf } from '../texts/search-keys.ts';
import type { Pseudonym } from '../views/person.tsx';

/** An entry as a row of a result, persons by pseudonym. */
export interface Row {
  readonly index: number;
  /** Of the log's form, for machines. */
  readonly occurred: string;
  /** In the log's zone. */
  readonly time: string;
  readonly kind: string;
  /** Undefined where nobody acted. */
  readonly actor: Acting | undefined;
  readonly onBehalfOf: Pseudonym | undefined;
  /** What was done, by name. */
  readonly action: string;
  readonly operation: string;
  readonly fields: readonly string[];
  /** The first few. */
  readonly subjects: readonly Pseudonym[];
  readonly moreSubjects: number;
  readonly recipient: string;
  readonly activity: string;
  /** Of the activity, as the register says; empty where it says none. */
  readonly purpose: string;
  readonly outcome: string;
  readonly isConfidential: boolean;
  readonly isUndeclared: boolean;
  readonly state: EntryState;
}

/** Who acted. */
interface Acting {
  readonly person: Pseudonym;
  readonly isAutomated: boolean;
  readonly role: string;
}

/** What rows are made with. */
export interface RowContext {
  readonly register: CompiledRegister;
  readonly vault: Pick<VaultReader, 'personKey'>;
  readonly language: Language;
  readonly stateOf: (index: number) => EntryState;
}

/** Subjects that a row names. */
export const MOST_SUBJECTS = 3;

/** An entry as a row, and the persons whom the row tells by pseudonym. */
export function rowOf(entry: ShownEntry, context: RowContext): { row: Row; persons: readonly Person[] } {
  const { object, index } = entry;
  const { register, language } = context;
  const text = (key: string): string => plainText(object[key]);
  const subjects = Array.isArray(object['subjects'])
    ? (object['subjects'] as readonly (Person | Unknown)[])
    : [];
  const named = subjects.slice(0, MOST_SUBJECTS);
  const actor = actorOf(object['actor']);
  const behalf = object['onBehalfOf'] as Person | Unknown | undefined;
  const count = typeof object['subjectCount'] === 'number' ? object['subjectCount'] : subjects.length;
  const stated = text('activity');
  const row: Row = {
    ...{ index, occurred: text('occurred'), time: localTime(object['occurred'], register.timeZone) },
    ...{ kind: text('kind'), operation: text('operation'), outcome: text('outcome') },
    actor: actor && {
      person: pseudonym(actor.person, actor.kind, context),
      isAutomated: actor.kind === 'system',
      role: roleOf(object),
    },
    onBehalfOf: behalf && pseudonym(behalf, 'unknown', context),
    action: actionName(object['kind'], text('action'), language),
    fields: listText(object['fields']).map((key) => fieldName(key, register, language)),
    subjects: named.map((one) => pseudonym(one, 'unknown', context)),
    moreSubjects: Math.max(0, count - named.length),
    recipient: recipientName(text('recipient'), register),
    activity: stated === '' ? '' : activityWords(stated, register, language),
    purpose: purposeOf(stated, register, language),
    isConfidential: object['confidential'] === true,
    isUndeclared: listText(object['flags']).includes('undeclared'),
    state: context.stateOf(index),
  };
  const persons = [actor?.person, behalf, ...named].filter((one) => one !== undefined);
  return { row, persons: persons.filter(isKnown) };
}

/** A person by pseudonym; the kind alone where nobody can tell who it is. */
function pseudonym(
  person: Person | Unknown | undefined,
  kind: string,
  { vault, language }: Pick<RowContext, 'vault' | 'language'>,
): Pseudonym {
  const names = KEYS[language].person;
  if (person === undefined || !isKnown(person)) return { type: nameOf(names, kind), token: undefined };
  return { type: nameOf(names, person.type), token: tokenOf(vault, person.type, person.id) };
}

/** The name of an activity that an entry states as `key@version`, in the register or of the log itself. */
export function activityWords(stated: string, register: CompiledRegister, language: Language): string {
  const name = activityName(register, stated, language);
  return name === CONSULTATION_ACTIVITY ? nameOf(KEYS[language].activity, name) : name;
}

/** The name of a field in the register; its key where there is none. */
export function fieldName(key: string, { document }: CompiledRegister, language: Language): string {
  const field = Object.hasOwn(document.fields, key) ? document.fields[key] : undefined;
  return field?.[language] ?? key;
}

function actionName(kind: unknown, action: string, language: Language): string {
  const names = KEYS[language];
  return kind === 'access' ? nameOf(names.action, action) : nameOf(names.kind, plainText(kind));
}

function recipientName(key: string, { document: { recipients } }: CompiledRegister): string {
  if (key === '' || recipients === '*' || !Object.hasOwn(recipients, key)) return key;
  return recipients[key]?.name ?? key;
}

function purposeOf(stated: string, { document }: CompiledRegister, language: Language): string {
  const key = stated.split('@', 1)[0] ?? '';
  const activity = Object.hasOwn(document.activities, key) ? document.activities[key] : undefined;
  return activity?.purpose[language] ?? '';
}

function actorOf(value: unknown): { kind: string; person: Person | Unknown | undefined } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, person } = value as { kind?: unknown; person?: Person | Unknown };
  return { kind: plainText(kind), person };
}
