import type { CompiledRegister } from '@zegel/log';
import { CONSULTATION_ACTIVITY } from '@zegel/core';
import { activityName } from '@zegel/reading';
import type { Language } from '../../http/preferences.ts';
import { PEOPLE } from '../../texts/people.ts';
import type { Pseudonym } from '../person.tsx';

/** What keys of an entry are called in a language. */
export interface EntryWords {
  readonly activity: (key: string) => string;
  readonly field: (key: string) => string;
  readonly recipient: (key: string) => string;
  readonly action: (key: string) => string;
  readonly outcome: (key: string) => string;
  readonly person: (person: Pseudonym) => Pseudonym;
}

/** The words of a register and of this viewer; a key that neither knows stands for itself. */
export function entryWords(register: CompiledRegister, language: Language): EntryWords {
  const words = PEOPLE[language];
  const { fields, recipients } = register.document;
  return {
    activity: (key) =>
      key === CONSULTATION_ACTIVITY ? words.consultation : activityName(register, key, language),
    field: (key) => own(fields, key)?.[language] ?? key,
    recipient: (key) => (recipients === '*' ? undefined : own(recipients, key)?.name) ?? key,
    action: (key) => own(words.actions, key) ?? key,
    outcome: (key) => own(words.outcomes, key) ?? key,
    person: ({ type, token }) => ({ type: own(words.kinds, type) ?? type, token }),
  };
}

function own<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
