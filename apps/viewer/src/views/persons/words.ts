import type { CompiledRegister } from '@zegel/log';
import { activityName } from '@zegel/reading';
import type { Language } from '../../http/preferences.ts';
import { KEYS, nameOf } from '../../texts/search-keys.ts';
import type { Pseudonym } from '../person.tsx';

/** What keys of an entry are called in a language. */
export interface EntryWords {
  readonly activity: (key: string) => string;
  readonly field: (key: string) => string;
  readonly recipient: (key: string) => string;
  readonly action: (key: string) => string;
  readonly outcome: (key: string) => string;
  readonly kind: (key: string) => string;
  readonly person: (person: Pseudonym) => Pseudonym;
}

/** The words of a register and of this viewer; a key that neither knows stands for itself. */
export function entryWords(register: CompiledRegister, language: Language): EntryWords {
  const keys = KEYS[language];
  const { fields, recipients } = register.document;
  return {
    activity: (key) =>
      Object.hasOwn(keys.activity, key) ? nameOf(keys.activity, key) : activityName(register, key, language),
    field: (key) => own(fields, key)?.[language] ?? key,
    recipient: (key) => (recipients === '*' ? undefined : own(recipients, key)?.name) ?? key,
    action: (key) => nameOf(keys.action, key),
    outcome: (key) => nameOf(keys.outcome, key),
    kind: (key) => nameOf(keys.kind, key),
    person: ({ type, token }) => ({ type: nameOf(keys.person, type), token }),
  };
}

function own<T>(table: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return table !== undefined && Object.hasOwn(table, key) ? table[key] : undefined;
}
