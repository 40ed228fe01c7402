import { KIND_NAMES } from '@zegel/reading';
import type { Texts } from './texts.ts';

type Names = Readonly<Record<string, string>>;

/** What the keys of the format are called. A key without a name is told as it is. */
export interface KeyNames {
  readonly action: Names;
  readonly outcome: Names;
  readonly involvement: Names;
  readonly kind: Names;
  /** Kinds of actors and common types of persons. */
  readonly person: Names;
  readonly activity: Names;
  /** What a qualifier asks for, in completion. */
  readonly qualifier: Names;
}

/** What the keys of the format are called. */
export const KEYS: Texts<KeyNames> = {
  nl: {
    action: {
      read: 'gelezen',
      search: 'gezocht',
      create: 'aangemaakt',
      update: 'gewijzigd',
      delete: 'verwijderd',
      export: 'geëxporteerd',
      disclose: 'verstrekt',
      execute: 'uitgevoerd',
    },
    outcome: { begun: 'begonnen', success: 'gelukt', denied: 'geweigerd', error: 'mislukt' },
    involvement: { target: 'om wie het ging', shown: 'in een lijst getoond', related: 'zijdelings' },
    kind: KIND_NAMES.nl,
    person: {
      customer: 'klant',
      employee: 'medewerker',
      system: 'systeem',
      anonymous: 'anoniem',
      operator: 'raadpleger',
      visitor: 'bezoeker',
      contact: 'contact',
      subscriber: 'abonnee',
      unknown: 'niet te herleiden',
    },
    activity: { 'zegel-consultation': 'Raadpleging van dit logboek' },
    qualifier: {
      actor: 'wie het deed',
      subject: 'over wie het ging',
      onbehalfof: 'namens wie',
      action: 'handeling',
      kind: 'soort regel',
      outcome: 'afloop',
      involvement: 'hoe iemand erbij betrokken was',
      class: 'mens of automatisch',
      activity: 'verwerking uit het register',
      field: 'veld met persoonsgegevens',
      recipient: 'ontvanger',
      role: 'rol van wie het deed',
      flag: 'bijzonderheid',
      operation: 'bewerking in de dienst',
      service: 'dienst',
      on: 'op deze dag',
      after: 'vanaf een tijd, of zo lang geleden',
      before: 'voor een tijd, of zo lang geleden',
      index: 'nummer van de regel',
      id: 'id van de regel',
      trace: 'id van het verzoek',
    },
  },
  en: {
    action: {
      read: 'read',
      search: 'searched',
      create: 'created',
      update: 'updated',
      delete: 'deleted',
      export: 'exported',
      disclose: 'disclosed',
      execute: 'executed',
    },
    outcome: { begun: 'begun', success: 'done', denied: 'denied', error: 'failed' },
    involvement: { target: 'who it was about', shown: 'shown in a list', related: 'related' },
    kind: KIND_NAMES.en,
    person: { operator: 'consulter', unknown: 'nobody can tell' },
    activity: { 'zegel-consultation': 'Consultation of this log' },
    qualifier: {
      actor: 'who did it',
      subject: 'whom it was about',
      onbehalfof: 'on whose behalf',
      action: 'what was done',
      kind: 'kind of entry',
      outcome: 'outcome',
      involvement: 'how somebody was involved',
      class: 'human or automated',
      activity: 'processing activity of the register',
      field: 'field of personal data',
      recipient: 'recipient',
      role: 'role of who did it',
      flag: 'mark',
      operation: 'operation of the service',
      service: 'service',
      on: 'on this day',
      after: 'from a time on, or so long ago',
      before: 'before a time, or so long ago',
      index: 'number of the entry',
      id: 'id of the entry',
      trace: 'id of the request',
    },
  },
};

/** The name of a key; itself where it has none. */
export function nameOf(names: Names, key: string): string {
  return Object.hasOwn(names, key) ? (names[key] ?? key) : key;
}
