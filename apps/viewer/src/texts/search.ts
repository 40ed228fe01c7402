import type { RowFinding } from '../search/find-page.ts';
import type { Texts } from './texts.ts';

/** Words of the search page. */
export interface SearchWords {
  readonly title: string;
  readonly box: string;
  readonly hint: string;
  readonly go: string;
  readonly wrong: (place: number) => string;
  readonly conditions: string;
  readonly remove: (term: string) => string;
  readonly hideOwn: string;
  readonly ownHidden: string;
  readonly ranges: string;
  readonly anyTime: string;
  readonly rangeNames: Readonly<Record<string, string>>;
  readonly found: (count: string) => string;
  readonly foundMore: (count: string) => string;
  readonly nothing: string;
  readonly lagging: (covered: string) => string;
  readonly results: string;
  readonly columns: Readonly<Record<'time' | 'who' | 'what' | 'whose' | 'why' | 'outcome' | 'state', string>>;
  readonly entry: (index: string) => string;
  readonly human: string;
  readonly automated: string;
  readonly behalf: string;
  readonly more: (count: string) => string;
  readonly nobody: string;
  readonly noFields: string;
  readonly to: (recipient: string) => string;
  readonly confidential: string;
  readonly undeclared: string;
  readonly newer: string;
  readonly older: string;
  readonly newest: string;
  readonly pages: string;
  readonly keys: string;
  readonly states: Readonly<Record<'verified' | 'pending' | 'pruned' | 'failed', string>>;
  readonly findings: string;
  readonly findingNames: Readonly<Record<RowFinding['kind'], (index: string) => string>>;
}

/** Words of the search page. */
export const SEARCH: Texts<SearchWords> = {
  nl: {
    title: 'Zoeken',
    box: 'Zoeken in het logboek',
    hint: 'Bijvoorbeeld: action:export after:7d · activity:… · field:… · subject:klantsoort:nummer',
    go: 'Zoeken',
    wrong: (place) => `Deze zoekvraag is niet te lezen, vanaf teken ${place}:`,
    conditions: 'Voorwaarden',
    remove: (term) => `${term} weghalen`,
    hideOwn: 'Raadplegingen van dit logboek verbergen',
    ownHidden: 'Raadplegingen van dit logboek zelf zijn verborgen',
    ranges: 'Periode',
    anyTime: 'altijd',
    rangeNames: { '1h': '1 uur', '24h': '24 uur', '7d': '7 dagen', '30d': '30 dagen', '52w': '1 jaar' },
    found: (count) => (count === '1' ? '1 regel gevonden' : `${count} regels gevonden`),
    foundMore: (count) => `meer dan ${count} regels gevonden`,
    nothing: 'Er zijn geen regels die hieraan voldoen.',
    lagging: (covered) => `De index loopt achter: regels vanaf ${covered} ontbreken hier nog.`,
    results: 'Gevonden regels, de nieuwste eerst',
    columns: {
      time: 'Wanneer',
      who: 'Wie',
      what: 'Wat',
      whose: 'Van wie',
      why: 'Waarom',
      outcome: 'Afloop',
      state: 'Controle',
    },
    entry: (index) => `Regel ${index}`,
    human: 'mens',
    automated: 'automatisch',
    behalf: 'namens',
    more: (count) => `en nog ${count}`,
    nobody: '–',
    noFields: 'geen velden genoemd',
    to: (recipient) => `aan ${recipient}`,
    confidential: 'vertrouwelijk',
    undeclared: 'niet aangekondigd',
    newer: 'Nieuwere',
    older: 'Oudere',
    newest: 'Nieuwste',
    pages: 'Bladeren',
    keys: 'Toetsen: / zoekvak · j en k volgende en vorige regel · Enter openen',
    states: { verified: 'klopt', pending: 'volgt', pruned: 'opgeruimd', failed: 'klopt niet' },
    findings: 'Niet in orde',
    findingNames: {
      'index-differs': (index) =>
        `De index noemt regel ${index}, maar het logboek bevestigt dat niet. Die regel wordt hier niet getoond.`,
      'body-differs': (index) =>
        `De inhoud van regel ${index} past niet bij de hash die het logboek ervan bewaart. Die regel wordt hier niet getoond.`,
      'body-unreadable': (index) => `Regel ${index} is niet te lezen: de opslag is beschadigd.`,
      'body-gone': (index) =>
        `De inhoud van regel ${index} is weg, en er is nog niet vastgesteld dat dat mocht: zie Integriteit.`,
    },
  },
  en: {
    title: 'Search',
    box: 'Search the log',
    hint: 'For example: action:export after:7d · activity:… · field:… · subject:customer:number',
    go: 'Search',
    wrong: (place) => `This query can’t be read, from character ${place}:`,
    conditions: 'Conditions',
    remove: (term) => `Remove ${term}`,
    hideOwn: 'Hide consultations of this log',
    ownHidden: 'Consultations of this log itself are hidden',
    ranges: 'Period',
    anyTime: 'any time',
    rangeNames: { '1h': '1 hour', '24h': '24 hours', '7d': '7 days', '30d': '30 days', '52w': '1 year' },
    found: (count) => (count === '1' ? '1 entry found' : `${count} entries found`),
    foundMore: (count) => `more than ${count} entries found`,
    nothing: 'No entries meet these conditions.',
    lagging: (covered) => `The index is behind: entries from ${covered} on are not in it yet.`,
    results: 'Entries found, newest first',
    columns: {
      time: 'When',
      who: 'Who',
      what: 'What',
      whose: 'Whose',
      why: 'Why',
      outcome: 'Outcome',
      state: 'Check',
    },
    entry: (index) => `Entry ${index}`,
    human: 'human',
    automated: 'automated',
    behalf: 'on behalf of',
    more: (count) => `and ${count} more`,
    nobody: '–',
    noFields: 'no fields named',
    to: (recipient) => `to ${recipient}`,
    confidential: 'confidential',
    undeclared: 'not declared',
    newer: 'Newer',
    older: 'Older',
    newest: 'Newest',
    pages: 'Pages',
    keys: 'Keys: / search box · j and k next and previous entry · Enter opens',
    states: { verified: 'verified', pending: 'pending', pruned: 'pruned', failed: 'failed' },
    findings: 'Not in order',
    findingNames: {
      'index-differs': (index) =>
        `The index names entry ${index}, but the log does not bear that out. It is not shown here.`,
      'body-differs': (index) =>
        `The body of entry ${index} does not have the hash that the log keeps of it. It is not shown here.`,
      'body-unreadable': (index) => `Entry ${index} can’t be read: the store is damaged.`,
      'body-gone': (index) =>
        `The body of entry ${index} is gone, and it has not been found yet that it might be: see Integrity.`,
    },
  },
};
