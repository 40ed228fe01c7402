import type { Texts } from './texts.ts';

/** Words of what stands around the rows: histogram, facets, live tail. */
export interface AsideWords {
  readonly histogram: (unit: string) => string;
  readonly units: Readonly<Record<'minute' | 'hour' | 'day' | 'month' | 'year', (count: number) => string>>;
  readonly most: (count: string) => string;
  readonly bar: (from: string, to: string, count: string) => string;
  readonly asTable: string;
  readonly from: string;
  readonly to: string;
  readonly count: string;
  readonly newestOnly: (count: string) => string;
  readonly facets: string;
  readonly facetNames: Readonly<Record<string, string>>;
  readonly only: (value: string) => string;
  readonly without: (value: string) => string;
  readonly chosen: (value: string) => string;
  readonly others: (count: string) => string;
  readonly noValues: string;
  readonly follow: string;
  readonly stop: string;
  readonly following: string;
  readonly lost: string;
  readonly ended: string;
  readonly skipped: (count: string) => string;
  readonly skippedLink: string;
}

const UNITS_NL = {
  minute: (n: number) => (n === 1 ? 'minuut' : `${n} minuten`),
  hour: (n: number) => (n === 1 ? 'uur' : `${n} uur`),
  day: (n: number) => (n === 1 ? 'dag' : n === 7 ? 'week' : `${n} dagen`),
  month: (n: number) => (n === 1 ? 'maand' : n === 3 ? 'kwartaal' : `${n} maanden`),
  year: (n: number) => (n === 1 ? 'jaar' : `${n} jaar`),
};
const UNITS_EN = {
  minute: (n: number) => (n === 1 ? 'minute' : `${n} minutes`),
  hour: (n: number) => (n === 1 ? 'hour' : `${n} hours`),
  day: (n: number) => (n === 1 ? 'day' : n === 7 ? 'week' : `${n} days`),
  month: (n: number) => (n === 1 ? 'month' : n === 3 ? 'quarter' : `${n} months`),
  year: (n: number) => (n === 1 ? 'year' : `${n} years`),
};

/** Words of what stands around the rows. */
export const ASIDE: Texts<AsideWords> = {
  nl: {
    histogram: (unit) => `Gevonden regels per ${unit}`,
    units: UNITS_NL,
    most: (count) => `hoogste staaf: ${count}`,
    bar: (from, to, count) => `${from} tot ${to}: ${count}`,
    asTable: 'Als tabel',
    from: 'Vanaf',
    to: 'Tot',
    count: 'Aantal',
    newestOnly: (count) => `Aantallen gaan over de nieuwste ${count} gevonden regels.`,
    facets: 'Verfijnen',
    facetNames: {
      activity: 'Verwerking',
      action: 'Handeling',
      actor: 'Wie',
      role: 'Rol',
      service: 'Dienst',
      outcome: 'Afloop',
      field: 'Veld',
      involvement: 'Betrokkenheid',
    },
    only: (value) => `Alleen ${value}`,
    without: (value) => `Zonder ${value}`,
    chosen: (value) => `${value} niet meer eisen`,
    others: (count) => `en ${count} andere`,
    noValues: 'geen',
    follow: 'Nieuwe regels volgen',
    stop: 'Niet meer volgen',
    following: 'Nieuwe regels verschijnen vanzelf.',
    lost: 'De verbinding is weg: nieuwe regels verschijnen nu niet. Er wordt opnieuw verbonden.',
    ended: 'Het volgen is gestopt.',
    skipped: (count) => `${count} nieuwe regels zijn hier overgeslagen.`,
    skippedLink: 'Alles opnieuw zoeken',
  },
  en: {
    histogram: (unit) => `Entries found per ${unit}`,
    units: UNITS_EN,
    most: (count) => `highest bar: ${count}`,
    bar: (from, to, count) => `${from} to ${to}: ${count}`,
    asTable: 'As a table',
    from: 'From',
    to: 'To',
    count: 'Count',
    newestOnly: (count) => `Counts are of the newest ${count} entries found.`,
    facets: 'Refine',
    facetNames: {
      activity: 'Activity',
      action: 'Action',
      actor: 'Who',
      role: 'Role',
      service: 'Service',
      outcome: 'Outcome',
      field: 'Field',
      involvement: 'Involvement',
    },
    only: (value) => `Only ${value}`,
    without: (value) => `Without ${value}`,
    chosen: (value) => `No longer ask for ${value}`,
    others: (count) => `and ${count} others`,
    noValues: 'none',
    follow: 'Follow new entries',
    stop: 'Stop following',
    following: 'New entries appear by themselves.',
    lost: 'The connection is lost: new entries do not appear now. It is being made again.',
    ended: 'Following has ended.',
    skipped: (count) => `${count} new entries were left out here.`,
    skippedLink: 'Search again for all of them',
  },
};
