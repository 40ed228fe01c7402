import { KIND_NAMES } from './kind-names.ts';
import type { Language } from './language.ts';

/** What sentences are made of. */
export interface Words {
  readonly at: (time: string) => string;
  readonly action: (key: string) => string;
  readonly of: (who: string, more: number) => string;
  readonly to: (recipient: string) => string;
  readonly onBehalfOf: (person: string) => string;
  readonly under: (activity: string) => string;
  readonly outcome: (key: string) => string;
  readonly kind: (key: string, about: string) => string;
}

type Table = Readonly<Record<string, string>>;

const ACTIONS_EN: Table = {
  read: 'read',
  search: 'searched',
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  export: 'exported',
  disclose: 'disclosed',
  execute: 'executed',
};
const ACTIONS_NL: Table = {
  read: 'las',
  search: 'zocht',
  create: 'maakte',
  update: 'wijzigde',
  delete: 'verwijderde',
  export: 'exporteerde',
  disclose: 'verstrekte',
  execute: 'voerde uit:',
};
const OUTCOMES_EN: Table = { begun: '(begun)', success: '', denied: '(denied)', error: '(failed)' };
const OUTCOMES_NL: Table = { begun: '(begonnen)', success: '', denied: '(geweigerd)', error: '(mislukt)' };

function word(table: Table, key: string): string {
  return (Object.hasOwn(table, key) ? table[key] : undefined) ?? key;
}

function withMore(text: string, about: string): string {
  return about === '' ? text : `${text}: ${about}`;
}

/** Words per language. */
export const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    at: (time) => `On ${time}`,
    action: (key) => word(ACTIONS_EN, key),
    of: (who, more) => `of ${who}${more > 0 ? ` and ${more} more` : ''}`,
    to: (recipient) => `to ${recipient}`,
    onBehalfOf: (person) => `on behalf of ${person}`,
    under: (activity) => `under "${activity}"`,
    outcome: (key) => word(OUTCOMES_EN, key),
    kind: withMore,
  },
  nl: {
    at: (time) => `Op ${time}`,
    action: (key) => word(ACTIONS_NL, key),
    of: (who, more) => `van ${who}${more > 0 ? ` en nog ${more}` : ''}`,
    to: (recipient) => `aan ${recipient}`,
    onBehalfOf: (person) => `namens ${person}`,
    under: (activity) => `onder "${activity}"`,
    outcome: (key) => word(OUTCOMES_NL, key),
    kind: (key, about) => withMore(word(KIND_NAMES.nl, key), about),
  },
};
