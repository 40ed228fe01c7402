import type { Texts } from './texts.ts';

/** Words of the pages about persons, and of what they show of entries. */
export interface People {
  readonly title: string;
  readonly intro: string;
  readonly type: string;
  readonly typeHint: string;
  readonly id: string;
  readonly idHint: string;
  readonly direction: string;
  readonly directions: { readonly subject: string; readonly actor: string };
  readonly reason: string;
  readonly reasonHint: string;
  readonly reasonMissing: string;
  readonly open: string;
  readonly personMissing: string;
  readonly nobody: string;
  readonly live: string;
  readonly until: (time: string) => string;
  readonly heading: { readonly subject: (who: string) => string; readonly actor: (who: string) => string };
  readonly asked: string;
  readonly askedWhy: string;
  readonly gone: string;
  readonly because: (reason: string) => string;
  readonly other: { readonly subject: string; readonly actor: string };
  readonly exportThis: string;
  readonly filter: string;
  readonly activity: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
  readonly any: string;
  readonly apply: string;
  readonly clear: string;
  readonly summary: string;
  readonly byActivity: string;
  readonly byRole: string;
  readonly byClass: string;
  readonly noRole: string;
  readonly count: (count: string) => string;
  readonly atLeast: string;
  readonly nothing: string;
  readonly when: string;
  readonly who: string;
  readonly whose: string;
  readonly what: string;
  readonly why: string;
  readonly outcome: string;
  readonly times: (count: number) => string;
  readonly timesHint: string;
  readonly persons: (count: number) => string;
  readonly onBehalfOf: (who: string) => string;
  readonly toRecipient: (recipient: string) => string;
  readonly confidential: string;
  readonly newest: string;
  readonly older: string;
  readonly classes: { readonly human: string; readonly automated: string };
}

/** Words of the pages about persons, in each language. */
export const PEOPLE: Texts<People> = {
  nl: {
    title: 'Personen',
    intro:
      'Wie keek naar de gegevens van deze persoon, en naar wie keek deze medewerker? Het logboek over één persoon is een profiel: geef daarom een reden. Het openen zelf wordt ook vastgelegd.',
    type: 'Soort persoon',
    typeHint: 'zoals het register die noemt, bijvoorbeeld customer of employee',
    id: 'Nummer of kenmerk',
    idHint:
      'precies zoals de dienst het gebruikt; het komt niet in het adres en niet leesbaar in het logboek',
    direction: 'Wat wilt u zien?',
    directions: { subject: 'Wie keek naar deze persoon', actor: 'Naar wie keek deze medewerker' },
    reason: 'Reden',
    reasonHint: 'wordt verzegeld in het logboek bewaard; geldt een half uur',
    reasonMissing: 'Geef een reden van 3 tot 1000 tekens.',
    open: 'Openen',
    personMissing: 'Geef een soort persoon en een nummer of kenmerk.',
    nobody: 'Over deze persoon staat niets in het logboek. Dat u zocht, is vastgelegd.',
    live: 'Nu geopend',
    until: (time) => `tot ${time}`,
    heading: { subject: (who) => `Wie keek naar ${who}`, actor: (who) => `Naar wie keek ${who}` },
    asked: 'Waarom wilt u dit zien?',
    askedWhy:
      'Voor het openen van het logboek over één persoon is een reden nodig. Een eerder gegeven reden geldt een half uur.',
    gone: 'Het logboek weet niet (meer) om wie dit gaat.',
    because: (reason) => `Uw reden: ${reason}`,
    other: { subject: 'Naar wie keek deze persoon zelf', actor: 'Wie keek naar deze persoon' },
    exportThis: 'Dit overzicht exporteren',
    filter: 'Beperken',
    activity: 'Verwerking',
    action: 'Handeling',
    from: 'Van',
    to: 'Tot en met',
    any: 'alle',
    apply: 'Toepassen',
    clear: 'Wissen',
    summary: 'Samenvatting',
    byActivity: 'Per verwerking',
    byRole: 'Per rol',
    byClass: 'Mens of geautomatiseerd',
    noRole: 'zonder rol',
    count: (count) => `${count} regels`,
    atLeast: 'geteld over de nieuwste regels',
    nothing: 'Niets gevonden.',
    when: 'Wanneer',
    who: 'Wie',
    whose: 'Van wie',
    what: 'Wat',
    why: 'Waarvoor',
    outcome: 'Uitkomst',
    times: (count) => `${count} keer`,
    timesHint: 'alle regels van die dag',
    persons: (count) => `${count} personen`,
    onBehalfOf: (who) => `namens ${who}`,
    toRecipient: (recipient) => `aan ${recipient}`,
    confidential: 'vertrouwelijk',
    newest: 'Nieuwste',
    older: 'Ouder',
    classes: { human: 'mens', automated: 'geautomatiseerd' },
  },
  en: {
    title: 'Persons',
    intro:
      'Who looked at the data of this person, and whom did this employee look at? The log on one person is a profile: so give a reason. Opening it is recorded too.',
    type: 'Kind of person',
    typeHint: 'as the register calls it, such as customer or employee',
    id: 'Number or name',
    idHint: 'exactly as the service uses it; it enters no address and the log not legibly',
    direction: 'What do you want to see?',
    directions: { subject: 'Who looked at this person', actor: 'Whom did this employee look at' },
    reason: 'Reason',
    reasonHint: 'is kept sealed in the log; holds for half an hour',
    reasonMissing: 'Give a reason of 3 to 1000 characters.',
    open: 'Open',
    personMissing: 'Give a kind of person and a number or name.',
    nobody: 'The log has nothing on this person. That you searched is recorded.',
    live: 'Open now',
    until: (time) => `until ${time}`,
    heading: { subject: (who) => `Who looked at ${who}`, actor: (who) => `Whom did ${who} look at` },
    asked: 'Why do you want to see this?',
    askedWhy:
      'Opening the log on one person asks for a reason. One that was given before holds for half an hour.',
    gone: 'The log does not know (any more) who this is.',
    because: (reason) => `Your reason: ${reason}`,
    other: { subject: 'Whom did this person look at themselves', actor: 'Who looked at this person' },
    exportThis: 'Export this view',
    filter: 'Narrow down',
    activity: 'Activity',
    action: 'Action',
    from: 'From',
    to: 'Up to and including',
    any: 'all',
    apply: 'Apply',
    clear: 'Clear',
    summary: 'Summary',
    byActivity: 'By activity',
    byRole: 'By role',
    byClass: 'Human or automated',
    noRole: 'without a role',
    count: (count) => `${count} entries`,
    atLeast: 'counted over the newest entries',
    nothing: 'Nothing found.',
    when: 'When',
    who: 'Who',
    whose: 'Whose',
    what: 'What',
    why: 'What for',
    outcome: 'Outcome',
    times: (count) => `${count} times`,
    timesHint: 'all entries of that day',
    persons: (count) => `${count} persons`,
    onBehalfOf: (who) => `on behalf of ${who}`,
    toRecipient: (recipient) => `to ${recipient}`,
    confidential: 'confidential',
    newest: 'Newest',
    older: 'Older',
    classes: { human: 'human', automated: 'automated' },
  },
};
