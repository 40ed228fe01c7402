import type { Language } from './language.ts';

/** What the kinds of entries are called; an `access` tells itself. */
export const KIND_NAMES: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    genesis: 'beginning of the log',
    register: 'version of the register',
    lifecycle: 'event',
    correction: 'correction',
    erasure: 'request for erasure',
    retention: 'destruction',
    hold: 'legal hold',
    confidentiality: 'confidentiality lifted',
    review: 'review',
    gap: 'gap',
    heartbeat: 'sign of life',
    key: 'new key',
    clock: 'correction of the clock',
  },
  nl: {
    genesis: 'begin van het logboek',
    register: 'versie van het register',
    lifecycle: 'gebeurtenis',
    correction: 'correctie',
    erasure: 'verzoek om vernietiging',
    retention: 'vernietiging',
    hold: 'bewaarplicht',
    confidentiality: 'vertrouwelijkheid opgeheven',
    review: 'beoordeling',
    gap: 'hiaat',
    heartbeat: 'teken van leven',
    key: 'nieuwe sleutel',
    clock: 'correctie van de klok',
  },
};
