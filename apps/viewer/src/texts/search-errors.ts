import type { QueryReason } from '@zegel/search';
import type { Texts } from './texts.ts';

type Reasons = Readonly<Record<QueryReason, (detail: string) => string>>;

/** Words of what is wrong with a query, and of the form that asks why somebody is named. */
export interface AskingWords {
  readonly wrong: Reasons;
  readonly naming: string;
  readonly namingWhy: string;
  readonly reason: string;
  readonly reasonHint: string;
  readonly reasonMissing: string;
  readonly go: string;
  readonly back: string;
}

/** Shortest reason that says something, in characters. */
export const LEAST_REASON = 5;

/** Words of what is wrong with a query, and of the form that asks why somebody is named. */
export const ASKING: Texts<AskingWords> = {
  nl: {
    wrong: {
      'too-long': (most) => `een zoekvraag heeft ten hoogste ${most} tekens`,
      'too-many-conditions': (most) => `een zoekvraag heeft ten hoogste ${most} voorwaarden`,
      'too-many-values': (most) => `ten hoogste ${most} waarden`,
      'nothing-negated': () => 'na de "-" komt niets',
      'nothing-quoted': () => 'tussen deze aanhalingstekens staat niets',
      'negated-twice': () =>
        'één "-" sluit uit; zet aanhalingstekens om een woord dat met een streepje begint',
      'quote-open': () => 'dit aanhalingsteken wordt niet gesloten',
      'quote-escape': () => 'tussen aanhalingstekens staat een \\ alleen voor " of \\',
      'not-a-qualifier': (name) => `"${name}:" bestaat niet; zet het als woord tussen aanhalingstekens`,
      'value-missing': (name) => `na "${name}:" hoort hier een waarde`,
      'value-not-in-set': (members) => `hier hoort een van ${members}`,
      'value-not-key': () => 'hier hoort een sleutel uit het register (kleine letters, cijfers, "-")',
      'value-not-name': () => 'hier hoort een naam (kleine letters, cijfers, ".", "_", "-")',
      'value-not-uuid': () => 'hier hoort de id van een regel (een UUID)',
      'value-not-person': (kinds) =>
        `hier hoort een persoon als SOORT:NUMMER, of ~ met 16 hexadecimale cijfers${kinds === '' ? '' : `, of een van ${kinds}`}`,
      'value-not-text': (most) => `hier hoort tekst van 1 tot ${most} bytes`,
      'value-not-day': () => 'hier hoort een dag zoals 2026-11-22',
      'value-not-time': () =>
        'hier hoort een dag (2026-11-22), een tijd (2026-11-22T09:00) of een duur zoals 7d, 24h, 30m, 2w',
      'value-not-index': () => 'hier hoort een nummer zoals 7, >=7, <7 of 7..9',
      'index-too-large': () => 'dit nummer is te groot',
      'zone-unknown': (zone) => `"${zone}" is geen bekende tijdzone`,
    },
    naming: 'Deze zoekvraag noemt iemand',
    namingWhy:
      'Wat het logboek over één persoon bijhoudt, vormt samen een beeld van die persoon. Geef aan waarom u ernaar zoekt. De reden wordt versleuteld bij deze raadpleging bewaard; wie u noemt, komt niet in het adres van de pagina.',
    reason: 'Reden',
    reasonHint: 'Bijvoorbeeld het kenmerk van een inzageverzoek',
    reasonMissing: `Geef een reden van ten minste ${LEAST_REASON} tekens.`,
    go: 'Zoeken met deze reden',
    back: 'Terug',
  },
  en: {
    wrong: {
      'too-long': (most) => `a query has at most ${most} characters`,
      'too-many-conditions': (most) => `a query has at most ${most} conditions`,
      'too-many-values': (most) => `at most ${most} values`,
      'nothing-negated': () => 'nothing follows the "-"',
      'nothing-quoted': () => 'nothing stands between these quotes',
      'negated-twice': () => 'one "-" excludes; put quotes around a word that begins with it',
      'quote-open': () => 'this quote is not closed',
      'quote-escape': () => 'inside quotes a \\ stands before " or \\ only',
      'not-a-qualifier': (name) => `there is no "${name}:"; put quotes around it if it is a word`,
      'value-missing': (name) => `"${name}:" needs a value here`,
      'value-not-in-set': (members) => `one of ${members} belongs here`,
      'value-not-key': () => 'a key of the register belongs here (small letters, digits, "-")',
      'value-not-name': () => 'a name belongs here (small letters, digits, ".", "_", "-")',
      'value-not-uuid': () => 'the id of an entry belongs here (a UUID)',
      'value-not-person': (kinds) =>
        `a person belongs here as TYPE:ID, or ~ with 16 hexadecimal digits${kinds === '' ? '' : `, or one of ${kinds}`}`,
      'value-not-text': (most) => `1 to ${most} bytes of text belong here`,
      'value-not-day': () => 'a day such as 2026-11-22 belongs here',
      'value-not-time': () =>
        'a day (2026-11-22), a time (2026-11-22T09:00) or a span such as 7d, 24h, 30m, 2w belongs here',
      'value-not-index': () => 'an index such as 7, >=7, <7 or 7..9 belongs here',
      'index-too-large': () => 'this index is too large',
      'zone-unknown': (zone) => `"${zone}" is not a known time zone`,
    },
    naming: 'This query names somebody',
    namingWhy:
      'What the log keeps about one person is a profile of them. Say why you look for it. The reason is kept with this consultation, encrypted; whom you name does not get into the address of the page.',
    reason: 'Reason',
    reasonHint: 'For example the reference of a request for access',
    reasonMissing: `Give a reason of at least ${LEAST_REASON} characters.`,
    go: 'Search with this reason',
    back: 'Back',
  },
};
