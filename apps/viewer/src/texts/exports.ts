import type { Texts } from './texts.ts';
import type { JobState } from '../export/jobs.ts';

/** Words of the pages on exports. */
export interface Exports {
  readonly title: string;
  readonly intro: string;
  readonly query: string;
  readonly queryHint: string;
  readonly ofPerson: { readonly subject: (who: string) => string; readonly actor: (who: string) => string };
  readonly personHint: string;
  readonly format: string;
  readonly formats: { readonly csv: string; readonly jsonl: string };
  readonly personFormats: { readonly csv: string; readonly jsonl: string };
  readonly bom: string;
  readonly confidential: string;
  readonly reasonHint: string;
  readonly order: string;
  readonly problems: Readonly<Record<'reason' | 'format' | 'nobody' | 'behind' | 'query', string>>;
  readonly ready: string;
  readonly readyHint: string;
  readonly download: string;
  readonly cancel: string;
  readonly states: Readonly<Record<JobState, string>>;
  readonly progress: (written: string, total: string) => string;
  readonly leftOut: (count: string) => string;
  readonly differs: (count: string) => string;
  readonly entry: (index: number) => string;
  readonly refresh: string;
  readonly mine: string;
  readonly none: string;
  readonly again: string;
  readonly once: string;
  readonly busy: string;
  readonly ordered: string;
  readonly what: string;
  readonly state: string;
  readonly inLog: string;
}

/** Words of the pages on exports, in each language. */
export const EXPORTS: Texts<Exports> = {
  nl: {
    title: 'Exporteren',
    intro:
      'Een export laat gegevens de viewer uit. Voordat de eerste regel vertrekt, staat in het logboek wie dit deed, waarom, en wie erin voorkomen.',
    query: 'Zoekvraag',
    queryHint:
      'zoals op de zoekpagina; leeg: alles. Wie u hier bij naam noemt, komt niet leesbaar in het logboek.',
    ofPerson: { subject: (who) => `Wie keek naar ${who}`, actor: (who) => `Naar wie keek ${who}` },
    personHint: 'Alleen over deze persoon: anderen blijven weg, medewerkers staan er als rol.',
    format: 'Vorm',
    formats: {
      csv: 'CSV: een tabel, personen onder pseudoniem',
      jsonl: 'JSONL: de regels precies zoals ze zijn verzegeld',
    },
    personFormats: { csv: 'CSV: een tabel', jsonl: 'JSONL: een JSON-object per regel' },
    bom: 'met byte order mark, voor rekenbladen die UTF-8 anders niet herkennen',
    confidential: 'ook wat nog vertrouwelijk is',
    reasonHint: 'wordt verzegeld in het logboek bewaard',
    order: 'Klaarzetten',
    problems: {
      reason: 'Geef een reden van 3 tot 1000 tekens.',
      format: 'Kies een vorm.',
      behind:
        'De index is nog niet bij; zonder de nieuwste regels zou de export misleiden. Probeer het straks opnieuw.',
      nobody: 'Het logboek weet niet (meer) om wie dit gaat.',
      query: 'De zoekvraag is niet te lezen.',
    },
    ready: 'Export',
    readyHint: 'Het bestand wordt gemaakt terwijl u het ophaalt, en kan één keer worden opgehaald.',
    download: 'Ophalen',
    cancel: 'Stoppen',
    states: {
      ready: 'staat klaar',
      running: 'wordt opgehaald',
      done: 'opgehaald',
      cancelled: 'gestopt',
      failed: 'mislukt',
    },
    progress: (written, total) => `${written} van ${total} regels`,
    leftOut: (count) => `${count} regels hebben geen inhoud meer of zijn weggelaten`,
    differs: (count) => `${count} regels weggelaten: de index noemt ze, het logboek bevestigt ze niet`,
    entry: (index) => `regel ${index} in het logboek`,
    refresh: 'Stand bijwerken',
    mine: 'Uw exports',
    none: 'U heeft nog niets geëxporteerd sinds de viewer draait.',
    again: 'Nieuwe export',
    once: 'Deze export is al opgehaald of gestopt. Zet een nieuwe klaar.',
    busy: 'U haalt al drie exports tegelijk op. Wacht tot er een klaar is.',
    ordered: 'Klaargezet',
    what: 'Wat',
    state: 'Stand',
    inLog: 'In het logboek',
  },
  en: {
    title: 'Export',
    intro:
      'An export takes data out of the viewer. Before the first line leaves, the log has who did this, why, and who occurs in it.',
    query: 'Query',
    queryHint: 'as on the search page; empty: everything. Whom you name here does not enter the log legibly.',
    ofPerson: { subject: (who) => `Who looked at ${who}`, actor: (who) => `Whom did ${who} look at` },
    personHint: 'About this person only: others are left out, employees appear as roles.',
    format: 'Form',
    formats: {
      csv: 'CSV: a table, persons by pseudonym',
      jsonl: 'JSONL: the entries exactly as they are sealed',
    },
    personFormats: { csv: 'CSV: a table', jsonl: 'JSONL: a JSON object a line' },
    bom: 'with a byte order mark, for spreadsheets that do not know UTF-8 otherwise',
    confidential: 'what is still confidential, too',
    reasonHint: 'is kept sealed in the log',
    order: 'Prepare',
    problems: {
      reason: 'Give a reason of 3 to 1000 characters.',
      format: 'Choose a form.',
      behind:
        'The index is behind; without the newest entries an export would mislead. Try again in a while.',
      nobody: 'The log does not know (any more) who this is.',
      query: 'The query can not be read.',
    },
    ready: 'Export',
    readyHint: 'The file is made while you fetch it, and can be fetched once.',
    download: 'Download',
    cancel: 'Stop',
    states: {
      ready: 'ready',
      running: 'being fetched',
      done: 'fetched',
      cancelled: 'stopped',
      failed: 'failed',
    },
    progress: (written, total) => `${written} of ${total} entries`,
    leftOut: (count) => `${count} entries have no body any more or were left out`,
    differs: (count) => `${count} entries left out: the index names them, the log does not bear them out`,
    entry: (index) => `entry ${index} in the log`,
    refresh: 'Refresh',
    mine: 'Your exports',
    none: 'You have exported nothing since the viewer was started.',
    again: 'New export',
    once: 'This export was fetched or stopped already. Prepare a new one.',
    busy: 'You are fetching three exports already. Wait until one is done.',
    ordered: 'Prepared',
    what: 'What',
    state: 'State',
    inLog: 'In the log',
  },
};
