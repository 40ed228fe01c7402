import type { Texts } from './texts.ts';

/** Words of the pages on reviews. */
export interface Reviews {
  readonly title: string;
  readonly intro: string;
  readonly tabs: { readonly open: string; readonly overdue: string; readonly done: string };
  readonly empty: {
    readonly open: string;
    readonly overdue: (days: number) => string;
    readonly done: string;
  };
  readonly entry: string;
  readonly since: string;
  readonly late: (days: number) => string;
  readonly by: string;
  readonly note: string;
  readonly noNote: string;
  readonly about: string;
  readonly result: string;
  readonly results: Readonly<Record<'in-order' | 'follow-up', string>>;
  readonly entries: string;
  readonly more: (count: number) => string;
  readonly when: string;
  readonly pruned: string;
  readonly own: string;
  readonly ownRefused: string;
  readonly form: string;
  readonly formMany: string;
  readonly noteHint: string;
  readonly button: string;
  readonly settle: string;
  readonly made: (count: number) => string;
  readonly ownLeft: (count: number) => string;
  readonly refused: string;
  readonly noResult: string;
  readonly noEntries: string;
  readonly tooMany: (most: string) => string;
  readonly longNote: (most: string) => string;
  readonly history: string;
  readonly unseen: string;
  readonly next: string;
  readonly previous: string;
  readonly back: string;
  readonly unknown: string;
}

/** Words of the pages on reviews, in each language. */
export const REVIEWS: Texts<Reviews> = {
  nl: {
    title: 'Beoordelen',
    intro:
      'Wie het logboek bijhoudt, moet het ook bekijken. Elke beoordeling is een regel in het logboek; uw toelichting wordt verzegeld bewaard.',
    tabs: { open: 'Op te volgen', overdue: 'Te lang open', done: 'Beoordeeld' },
    empty: {
      open: 'Er is niets op te volgen.',
      overdue: (days) => `Er staat niets langer dan ${days} dagen open.`,
      done: 'Er is nog niets beoordeeld.',
    },
    entry: 'Regel',
    since: 'Open sinds',
    late: (days) => `langer dan ${days} dagen open`,
    by: 'Beoordeeld door',
    note: 'Toelichting',
    noNote: 'zonder toelichting',
    about: 'Wat er gebeurde',
    result: 'Oordeel',
    results: { 'in-order': 'in orde', 'follow-up': 'op te volgen' },
    entries: 'Regels',
    more: (count) => `en nog ${count}`,
    when: 'Wanneer',
    pruned: 'De inhoud is vernietigd volgens de bewaartermijn.',
    own: 'van uzelf: een ander beoordeelt dit',
    ownRefused: 'Wat u zelf deed, of wat namens u is gedaan, beoordeelt een ander.',
    form: 'Deze regel beoordelen',
    formMany: 'Dit resultaat in één keer beoordelen',
    noteHint: 'wordt verzegeld bewaard; noem geen personen als dat niet nodig is',
    button: 'Vastleggen',
    settle: 'Beoordelen',
    made: (count) => `Vastgelegd: ${count} beoordeeld.`,
    ownLeft: (count) => `${count} regels van uzelf zijn overgeslagen; die beoordeelt een ander.`,
    refused: 'Niet vastgelegd',
    noResult: 'Kies een oordeel: in orde, of op te volgen.',
    noEntries: 'Er is niets om te beoordelen.',
    tooMany: (most) =>
      `Meer dan ${most} regels in één keer is te veel om te beoordelen. Maak de zoekvraag smaller.`,
    longNote: (most) => `Een toelichting heeft ten hoogste ${most} tekens.`,
    history: 'Eerder beoordeeld',
    unseen: 'Nog niet beoordeeld.',
    next: 'Verder',
    previous: 'Terug',
    back: 'Terug',
    unknown: 'onbekend',
  },
  en: {
    title: 'Review',
    intro:
      'Whoever keeps a log has to look at it. Each review is an entry in the log; your note is kept sealed.',
    tabs: { open: 'To follow up', overdue: 'Open too long', done: 'Reviewed' },
    empty: {
      open: 'Nothing is to be followed up.',
      overdue: (days) => `Nothing has been open for more than ${days} days.`,
      done: 'Nothing was reviewed yet.',
    },
    entry: 'Entry',
    since: 'Open since',
    late: (days) => `open for more than ${days} days`,
    by: 'Reviewed by',
    note: 'Note',
    noNote: 'without a note',
    about: 'What happened',
    result: 'Finding',
    results: { 'in-order': 'in order', 'follow-up': 'to follow up' },
    entries: 'Entries',
    more: (count) => `and ${count} more`,
    when: 'When',
    pruned: 'The body was destroyed when its term ended.',
    own: 'your own: somebody else reviews this',
    ownRefused: 'What you did yourself, or had done in your name, somebody else reviews.',
    form: 'Review this entry',
    formMany: 'Review this result in one go',
    noteHint: 'is kept sealed; name no persons where that is not needed',
    button: 'Record',
    settle: 'Review',
    made: (count) => `Recorded: ${count} reviewed.`,
    ownLeft: (count) => `${count} entries of your own were left out; somebody else reviews those.`,
    refused: 'Not recorded',
    noResult: 'Choose a finding: in order, or to follow up.',
    noEntries: 'There is nothing to review.',
    tooMany: (most) => `More than ${most} entries in one go are too many to review. Narrow the query down.`,
    longNote: (most) => `A note has at most ${most} characters.`,
    history: 'Reviewed before',
    unseen: 'Not reviewed yet.',
    next: 'Next',
    previous: 'Back',
    back: 'Back',
    unknown: 'unknown',
  },
};
