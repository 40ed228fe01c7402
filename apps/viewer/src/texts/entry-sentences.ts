import type { Texts } from './texts.ts';

/** What an access tells, in words already. Empty texts are left out. */
export interface AccessWords {
  readonly who: string;
  readonly onBehalfOf: string;
  readonly action: string;
  readonly operation: string;
  readonly fields: string;
  readonly whose: string;
  readonly recipient: string;
  /** Name of the activity, and what it is for. */
  readonly activity: string;
  readonly purpose: string;
  readonly basis: string;
  readonly outcome: string;
}

/** What an entry of another kind tells, in words already. */
export interface ControlWords {
  readonly who: string;
  readonly whose: string;
  readonly activity: string;
  readonly service: string;
  readonly of: string;
  readonly event: string;
  readonly ground: string;
  readonly rule: string;
  readonly result: string;
  readonly version: string;
  readonly date: string;
  readonly origin: string;
  readonly count: string;
  readonly from: string;
  readonly to: string;
  readonly next: string;
  readonly handles: number;
  readonly ranges: number;
}

/** One plain sentence for each entry. */
export interface Sentences {
  readonly and: string;
  readonly more: (count: number) => string;
  readonly data: string;
  readonly access: (words: AccessWords) => string;
  readonly kinds: Readonly<Record<string, (words: ControlWords) => string>>;
  readonly other: (kind: string) => string;
}

const given = (text: string, before: string, after = ''): string =>
  text === '' ? '' : `${before}${text}${after}`;

const PAST_NL: Readonly<Record<string, string>> = {
  ...{ read: 'las', search: 'zag in zoekresultaten', create: 'legde vast:', update: 'wijzigde' },
  ...{ delete: 'verwijderde', export: 'exporteerde', disclose: 'verstrekte' },
};
const PAST_EN: Readonly<Record<string, string>> = {
  ...{ read: 'read', search: 'saw in search results', create: 'created', update: 'changed' },
  ...{ delete: 'deleted', export: 'exported', disclose: 'disclosed' },
};

/** Sentences in each language. */
export const SENTENCES: Texts<Sentences> = {
  nl: {
    and: 'en',
    more: (count) => `nog ${count}`,
    data: 'gegevens',
    access: (w) =>
      [
        `${w.who}${given(w.onBehalfOf, ', namens ', ',')} `,
        w.action === 'execute'
          ? `voerde “${w.operation}” uit${given(w.fields, ' met ')}`
          : `${PAST_NL[w.action] ?? w.action} ${w.fields === '' ? 'gegevens' : w.fields}`,
        given(w.whose, ' van '),
        given(w.recipient, ' aan '),
        given(w.activity, ', voor ', given(w.purpose, ' (', ')')),
        given(w.basis, '; grondslag: '),
        given(w.outcome, '; '),
      ].join(''),
    kinds: {
      genesis: (w) => `Hier begint het logboek “${w.origin}”`,
      register: (w) =>
        `Versie ${w.version} van het register van verwerkingsactiviteiten, van ${w.date}, gaat in`,
      lifecycle: (w) =>
        `Voor ${w.whose || 'niemand bij name'} is vastgelegd: ${w.event}${given(w.activity, ', bij ')}`,
      correction: (w) =>
        `${given(w.who, '', ' corrigeerde') || 'Gecorrigeerd is'} wat in regel ${w.of} staat`,
      erasure: (w) => `Verzoek om wissing voor ${w.whose || 'niemand bij name'}; grond: ${w.ground}`,
      retention: (w) =>
        `Volgens bewaarregel “${w.rule}” van ${w.activity} zijn ${w.handles} sleutels vernietigd${w.ranges > 0 ? ` en ${w.ranges} reeksen van regels opgeschoond` : ''}`,
      hold: (w) => `Bewaarplicht ${w.result}${given(w.whose, ' voor ')}${given(w.activity, ', bij ')}`,
      confidentiality: (w) => `De vertrouwelijkheid van regel ${w.of} is opgeheven`,
      review: (w) => `${w.who} beoordeelde regel ${w.of}: ${w.result}`,
      gap: (w) =>
        `Bij ${w.service} bleven ${w.count} toegangen voor ${w.activity} buiten het logboek, tussen ${w.from} en ${w.to}`,
      heartbeat: (w) => `Teken van leven; het volgende komt vóór ${w.next}`,
      key: () => 'Een nieuwe sleutel ondertekent voortaan, getekend door de vorige',
      clock: (w) => `De tijden van ${w.from} tot ${w.to} waren onjuist`,
    },
    other: (kind) => `Regel van de soort “${kind}”`,
  },
  en: {
    and: 'and',
    more: (count) => `${count} more`,
    data: 'data',
    access: (w) =>
      [
        `${w.who}${given(w.onBehalfOf, ', on behalf of ', ',')} `,
        w.action === 'execute'
          ? `carried out “${w.operation}”${given(w.fields, ' with ')}`
          : `${PAST_EN[w.action] ?? w.action} ${w.fields === '' ? 'data' : w.fields}`,
        given(w.whose, ' of '),
        given(w.recipient, ' to '),
        given(w.activity, ', for ', given(w.purpose, ' (', ')')),
        given(w.basis, '; basis: '),
        given(w.outcome, '; '),
      ].join(''),
    kinds: {
      genesis: (w) => `Here the log “${w.origin}” begins`,
      register: (w) =>
        `Version ${w.version} of the register of processing activities, of ${w.date}, takes effect`,
      lifecycle: (w) =>
        `For ${w.whose || 'nobody in particular'} it is recorded: ${w.event}${given(w.activity, ', under ')}`,
      correction: (w) => `${given(w.who, '', ' corrected') || 'Corrected is'} what entry ${w.of} says`,
      erasure: (w) => `Erasure was asked for ${w.whose || 'nobody in particular'}; ground: ${w.ground}`,
      retention: (w) =>
        `By the retention rule “${w.rule}” of ${w.activity}, ${w.handles} keys were destroyed${w.ranges > 0 ? ` and ${w.ranges} ranges of entries pruned` : ''}`,
      hold: (w) => `A hold was ${w.result}${given(w.whose, ' for ')}${given(w.activity, ', under ')}`,
      confidentiality: (w) => `The confidentiality of entry ${w.of} was lifted`,
      review: (w) => `${w.who} reviewed entry ${w.of}: ${w.result}`,
      gap: (w) =>
        `At ${w.service}, ${w.count} accesses for ${w.activity} went unlogged, between ${w.from} and ${w.to}`,
      heartbeat: (w) => `Sign of life; the next comes before ${w.next}`,
      key: () => 'A new key signs from now on, signed by the one before',
      clock: (w) => `The times from ${w.from} to ${w.to} were false`,
    },
    other: (kind) => `An entry of the kind “${kind}”`,
  },
};
