import { KIND_NAMES } from '@zegel/reading';
import type { Texts } from './texts.ts';

type Table = Readonly<Record<string, string>>;

/** What keys and values of entries are called in plain words. What is not here is shown as it stands. */
export interface EntryLabels {
  readonly keys: Table;
  readonly kinds: Table;
  readonly actions: Table;
  readonly outcomes: Table;
  readonly actors: Table;
  readonly persons: Table;
  readonly involvements: Table;
  readonly bases: Table;
  readonly recipients: Table;
  readonly sealed: Table;
  readonly flags: Table;
  readonly results: Table;
  readonly consultation: string;
}

/** Labels in each language. */
export const LABELS: Texts<EntryLabels> = {
  nl: {
    keys: {
      ...{ index: 'Nummer', kind: 'Soort regel', occurred: 'Gebeurd op', recorded: 'Vastgelegd op' },
      ...{ action: 'Handeling', operation: 'Bewerking', service: 'Dienst', outcome: 'Uitkomst' },
      ...{ activity: 'Verwerkingsactiviteit', purpose: 'Doel', basis: 'Grondslag', actor: 'Wie' },
      ...{ role: 'Rol', onBehalfOf: 'Namens', subjects: 'Van wie', subjectCount: 'Aantal betrokkenen' },
      ...{
        fields: 'Welke gegevens',
        recipient: 'Verstrekt aan',
        of: 'Hoort bij regel',
        flags: 'Opmerkingen',
      },
      ...{
        confidential: 'Vertrouwelijk',
        sealed: 'Verzegeld',
        part: 'Deel',
        source: 'Volgnummer van de bron',
      },
      ...{
        id: 'Kenmerk',
        prev: 'Hash van de vorige regel',
        control: 'Vorige beheerregel',
        v: 'Versie van het formaat',
      },
      ...{ origin: 'Naam van het logboek', vkey: 'Controlesleutel', succeeds: 'Volgt op', version: 'Versie' },
      ...{ date: 'Datum', digest: 'Hash van het register', document: 'Register', event: 'Gebeurtenis' },
      ...{ ground: 'Grond', rule: 'Bewaarregel', cutoff: 'Vóór', handles: 'Vernietigde sleutels' },
      ...{ ranges: 'Opgeschoonde regels', state: 'Stand', result: 'Oordeel', count: 'Aantal', from: 'Vanaf' },
      ...{ to: 'Tot en met', next: 'Volgend teken van leven', signature: 'Handtekening' },
    },
    kinds: {
      ...KIND_NAMES.nl,
      ...{ access: 'toegang', lifecycle: 'gebeurtenis of recht', erasure: 'verzoek om wissing' },
    },
    actions: {
      ...{ read: 'lezen', search: 'zoeken', create: 'vastleggen', update: 'wijzigen', delete: 'verwijderen' },
      ...{ export: 'exporteren', disclose: 'verstrekken', execute: 'uitvoeren' },
    },
    outcomes: { begun: 'begonnen', success: 'gelukt', denied: 'geweigerd', error: 'mislukt' },
    actors: { employee: 'medewerker', customer: 'klant', system: 'systeem', anonymous: 'onbekende' },
    persons: {
      ...{
        customer: 'klant',
        employee: 'medewerker',
        visitor: 'bezoeker',
        patient: 'patiënt',
        system: 'systeem',
      },
      ...{ operator: 'raadpleger', service: 'dienst', user: 'gebruiker', supplier: 'leverancier' },
    },
    involvements: {
      target: 'om wie het ging',
      shown: 'getoond in een lijst',
      related: 'zijdelings betrokken',
    },
    bases: {
      ...{ consent: 'toestemming', contract: 'overeenkomst', 'legal-obligation': 'wettelijke verplichting' },
      ...{ 'vital-interest': 'vitaal belang', 'public-task': 'taak van algemeen belang' },
      'legitimate-interest': 'gerechtvaardigd belang',
    },
    recipients: {
      ...{
        processor: 'verwerker',
        controller: 'verwerkingsverantwoordelijke',
        authority: 'overheidsinstantie',
      },
      'joint-controller': 'gezamenlijk verantwoordelijke',
    },
    sealed: {
      origin: 'IP-adres en browser',
      reason: 'Reden',
      trace: 'Kenmerk van het verzoek',
      change: 'Oude en nieuwe waarden',
    },
    flags: {
      'occurred-after': 'De klok van de afzender liep meer dan vijf minuten voor.',
      unsealed: 'Er was iets te verzegelen, maar er was niemand met wiens sleutel dat kon.',
      undeclared: 'Er zijn meer gegevens gelezen dan vooraf was aangegeven.',
      'unknown-columns': 'Er zijn kolommen gelezen die het register niet kent.',
      'unknown-subjects': 'Er zijn gegevens gelezen van personen die niet te herleiden waren.',
      supplement: 'Vult een eerdere regel van hetzelfde verzoek aan.',
      withheld: 'Het resultaat is niet afgegeven.',
    },
    results: {
      ...{ 'in-order': 'in orde', 'follow-up': 'op te volgen', placed: 'ingesteld', lifted: 'opgeheven' },
    },
    consultation: 'raadpleging van het logboek',
  },
  en: {
    keys: {
      ...{ index: 'Number', kind: 'Kind of entry', occurred: 'Happened', recorded: 'Recorded' },
      ...{ action: 'Act', operation: 'Operation', service: 'Service', outcome: 'Outcome' },
      ...{ activity: 'Processing activity', purpose: 'Purpose', basis: 'Legal basis', actor: 'Who' },
      ...{ role: 'Role', onBehalfOf: 'On behalf of', subjects: 'Whose', subjectCount: 'Data subjects' },
      ...{ fields: 'Which data', recipient: 'Disclosed to', of: 'Belongs to entry', flags: 'Remarks' },
      ...{
        confidential: 'Confidential',
        sealed: 'Sealed',
        part: 'Part',
        source: 'Number given by the source',
      },
      ...{
        id: 'Identifier',
        prev: 'Hash of the previous entry',
        control: 'Previous control entry',
        v: 'Format version',
      },
      ...{ origin: 'Name of the log', vkey: 'Verifier key', succeeds: 'Succeeds', version: 'Version' },
      ...{ date: 'Date', digest: 'Hash of the register', document: 'Register', event: 'Event' },
      ...{ ground: 'Ground', rule: 'Retention rule', cutoff: 'Before', handles: 'Keys destroyed' },
      ...{
        ranges: 'Entries pruned',
        state: 'State',
        result: 'Judgement',
        count: 'Number of accesses',
        from: 'From',
      },
      ...{ to: 'To', next: 'Next sign of life', signature: 'Signature' },
    },
    kinds: { ...KIND_NAMES.en, access: 'access', lifecycle: 'event or right', hold: 'hold' },
    actions: {
      ...{ read: 'read', search: 'search', create: 'create', update: 'change', delete: 'delete' },
      ...{ export: 'export', disclose: 'disclose', execute: 'execute' },
    },
    outcomes: { begun: 'begun', success: 'success', denied: 'denied', error: 'failed' },
    actors: { employee: 'employee', customer: 'customer', system: 'system', anonymous: 'somebody unknown' },
    persons: { operator: 'log reader' },
    involvements: { target: 'whom it was about', shown: 'shown in a list', related: 'involved aside' },
    bases: {
      ...{ consent: 'consent', contract: 'contract', 'legal-obligation': 'legal obligation' },
      ...{ 'vital-interest': 'vital interest', 'public-task': 'public task' },
      'legitimate-interest': 'legitimate interest',
    },
    recipients: {
      ...{ processor: 'processor', controller: 'controller', authority: 'public authority' },
      'joint-controller': 'joint controller',
    },
    sealed: {
      origin: 'IP address and browser',
      reason: 'Reason',
      trace: 'Identifier of the request',
      change: 'Old and new values',
    },
    flags: {
      'occurred-after': 'The clock of the sender was more than five minutes ahead.',
      unsealed: 'There was something to seal and nobody by whose key that could be done.',
      undeclared: 'More data were read than had been declared.',
      'unknown-columns': 'Columns were read that the register does not know.',
      'unknown-subjects': 'Data were read of persons who could not be told.',
      supplement: 'Supplements an earlier entry of the same request.',
      withheld: 'The result was not handed over.',
    },
    results: {
      ...{ 'in-order': 'in order', 'follow-up': 'to follow up', placed: 'placed', lifted: 'lifted' },
    },
    consultation: 'consultation of the log',
  },
};

/** The label of a key, else the key itself. */
export function label(table: Table, key: unknown): string {
  const text = typeof key === 'string' ? key : JSON.stringify(key);
  return Object.hasOwn(table, text) ? (table[text] ?? text) : text;
}
