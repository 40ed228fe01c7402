import type { Texts } from './texts.ts';

/** Words of the page of one entry. */
export interface EntryTexts {
  readonly title: (index: string) => string;
  readonly previous: string;
  readonly next: string;
  readonly neighbours: string;
  readonly close: string;
  readonly says: string;
  readonly register: string;
  readonly version: (version: number, date: string) => string;
  readonly registerUnknown: string;
  readonly related: string;
  readonly noneRelated: string;
  readonly noIndex: string;
  readonly names: string;
  readonly namedBy: string;
  readonly trace: (count: string) => string;
  readonly parts: (count: string) => string;
  readonly thisOne: string;
  readonly sealedFor: (persons: number) => string;
  readonly sealedNote: string;
  readonly bytes: string;
  readonly bytesNote: string;
  readonly download: string;
  readonly pruned: string;
  readonly prunedBy: string;
  readonly prunedRule: (rule: string, activity: string, cutoff: string) => string;
  readonly missing: string;
  readonly damaged: string;
  readonly yes: string;
  readonly lastCheck: string;
  readonly checked: Readonly<Record<'verified' | 'pending' | 'pruned' | 'failed', string>>;
}

/** Words of the page of one entry. */
export const ENTRY: Texts<EntryTexts> = {
  nl: {
    title: (index) => `Regel ${index}`,
    previous: 'Vorige regel',
    next: 'Volgende regel',
    neighbours: 'Naburige regels',
    close: 'Sluiten',
    says: 'Wat er staat',
    register: 'Register van verwerkingsactiviteiten',
    version: (version, date) => `versie ${version} van ${date}`,
    registerUnknown: 'De versie van het register die hier geldt, is niet te lezen.',
    related: 'Verwante regels',
    noneRelated: 'Geen andere regel verwijst hiernaar, en deze verwijst nergens naar.',
    noIndex: 'Verwante regels zijn nu niet te vinden: de zoekindex wordt opnieuw gemaakt.',
    names: 'Deze regel verwijst naar',
    namedBy: 'Hiernaar verwijzen',
    trace: (count) => `Zelfde verzoek (trace): ${count} andere`,
    parts: (count) => `Deze gebeurtenis beslaat ${count} regels`,
    thisOne: 'deze',
    sealedFor: (persons) =>
      persons === 1
        ? 'verzegeld met de sleutel van één persoon'
        : `verzegeld met de sleutels van ${persons} personen`,
    sealedNote: 'Wat verzegeld is, wordt alleen onthuld aan wie dat mag en een reden geeft.',
    bytes: 'Exacte bytes',
    bytesNote: 'Dit is wat is vastgelegd en ondertekend, byte voor byte. Er staat geen naam in.',
    download: 'Bytes downloaden',
    pruned: 'De inhoud van deze regel is opgeschoond. De hash staat er nog, zodat de keten sluit.',
    prunedBy: 'Dat legt deze regel vast',
    prunedRule: (rule, activity, cutoff) => `regel “${rule}”, activiteit “${activity}”, vóór ${cutoff}`,
    missing: 'De inhoud van deze regel ontbreekt en geen regel verklaart waarom. Dat wijst op manipulatie.',
    damaged: 'De bytes van deze regel zijn geen geldige logregel. Dat wijst op manipulatie.',
    yes: 'ja',
    lastCheck: 'Laatste controle van het hele logboek',
    checked: {
      ...{ verified: 'in orde', pending: 'nog niet gecontroleerd' },
      ...{ pruned: 'rechtmatig opgeschoond', failed: 'klopt niet' },
    },
  },
  en: {
    title: (index) => `Entry ${index}`,
    previous: 'Previous entry',
    next: 'Next entry',
    neighbours: 'Neighbouring entries',
    close: 'Close',
    says: 'What it says',
    register: 'Register of processing activities',
    version: (version, date) => `version ${version} of ${date}`,
    registerUnknown: 'The version of the register that applies here can’t be read.',
    related: 'Related entries',
    noneRelated: 'No other entry refers to this one, and this one refers to none.',
    noIndex: 'Related entries can’t be found now: the search index is being made anew.',
    names: 'This entry refers to',
    namedBy: 'Referred to by',
    trace: (count) => `Same request (trace): ${count} others`,
    parts: (count) => `This event takes ${count} entries`,
    thisOne: 'this one',
    sealedFor: (persons) =>
      persons === 1 ? 'sealed with the key of one person' : `sealed with the keys of ${persons} persons`,
    sealedNote: 'What is sealed is revealed only to those who may, for a reason.',
    bytes: 'Exact bytes',
    bytesNote: 'This is what was recorded and signed, byte by byte. It holds no name.',
    download: 'Download the bytes',
    pruned: 'The body of this entry was pruned. Its hash is still there, so that the chain holds.',
    prunedBy: 'This entry records it',
    prunedRule: (rule, activity, cutoff) => `rule “${rule}”, activity “${activity}”, before ${cutoff}`,
    missing: 'The body of this entry is missing and no entry says why. That points to tampering.',
    damaged: 'The bytes of this entry are no valid entry. That points to tampering.',
    yes: 'yes',
    lastCheck: 'Last check of the whole log',
    checked: {
      ...{ verified: 'in order', pending: 'not checked yet' },
      ...{ pruned: 'pruned lawfully', failed: 'does not hold' },
    },
  },
};
