import type { AccessErrorCode } from '../access/access-error.ts';
import type { LoginState } from '../access/user.ts';
import type { Texts } from './texts.ts';

/** Words of the administration. */
export interface AdminWords {
  readonly users: string;
  readonly tokens: string;
  readonly parts: string;
  readonly name: string;
  readonly roles: string;
  readonly login: string;
  readonly state: (state: LoginState, until: string) => string;
  readonly used: string;
  readonly never: string;
  readonly factor: string;
  readonly factorState: (since: string | undefined, exempt: boolean) => string;
  readonly locked: (minutes: number) => string;
  readonly add: string;
  readonly nameHint: string;
  readonly days: string;
  readonly exempt: string;
  readonly exemptHint: string;
  readonly keepNow: string;
  readonly tokenOf: (name: string) => string;
  readonly save: string;
  readonly renew: string;
  readonly renewHint: string;
  readonly revoke: string;
  readonly revokeHint: string;
  readonly resetFactor: string;
  readonly resetHint: string;
  readonly own: string;
  readonly source: string;
  readonly sourceHint: string;
  readonly scopes: string;
  readonly made: string;
  readonly revoked: string;
  readonly good: string;
  readonly addToken: string;
  readonly noTokens: string;
  readonly problems: Readonly<Record<AccessErrorCode, string>>;
}

/** Words of the administration. */
export const ADMIN: Texts<AdminWords> = {
  nl: {
    users: 'Gebruikers',
    tokens: 'Diensttokens',
    parts: 'Onderdelen van het beheer',
    name: 'Gebruikersnaam',
    roles: 'Rollen',
    login: 'Inlogtoken',
    state: (state, until) =>
      ({
        none: 'geen',
        good: `geldig tot ${until}`,
        expired: `verlopen op ${until}`,
        revoked: 'ingetrokken',
      })[state],
    used: 'Laatst gebruikt',
    never: 'nooit',
    factor: 'Tweede factor',
    factorState: (since, exempt) =>
      since === undefined ? (exempt ? 'hoeft niet' : 'nog in te stellen') : `sinds ${since}`,
    locked: (minutes) => `buitengesloten, nog ${minutes} min.`,
    add: 'Gebruiker toevoegen',
    nameHint: 'Kleine letters, cijfers en . _ @ -. Een naam wordt nooit opnieuw uitgegeven.',
    days: 'Dagen geldig',
    exempt: 'Tweede factor hoeft niet',
    exemptHint: 'Alleen waar het niet anders kan.',
    keepNow: 'Geef dit nu door: het wordt niet nog eens getoond.',
    tokenOf: (name) => `Nieuw token voor ${name}`,
    save: 'Bewaren',
    renew: 'Nieuw inlogtoken',
    renewHint:
      'Het vorige token en wie ermee is ingelogd vervallen. Opent ook de deur na te veel mislukte pogingen.',
    revoke: 'Intrekken',
    revokeHint: 'De gebruiker is meteen uitgelogd en komt er niet meer in, tot er een nieuw token is.',
    resetFactor: 'Tweede factor wissen',
    resetHint: 'Voor een verloren telefoon. Bij de volgende keer inloggen wordt een andere ingesteld.',
    own: 'Dit bent u zelf. Uw eigen rollen en toegang verandert een ander.',
    source: 'Bron',
    sourceHint: 'Van welke dienst de gebeurtenissen zijn, zoals shop.',
    scopes: 'Mag',
    made: 'Gemaakt',
    revoked: 'ingetrokken',
    good: 'geldig',
    addToken: 'Diensttoken maken',
    noTokens: 'Er zijn nog geen diensttokens.',
    problems: {
      TOKEN_UNKNOWN: 'Dit token is er niet.',
      TOKEN_SOURCE: 'Een bron heeft 1 tot 64 tekens van a-z 0-9 . _ - en begint met een letter of cijfer.',
      USER_UNKNOWN: 'Deze gebruiker is er niet.',
      USER_EXISTS: 'Er is al een gebruiker met deze naam.',
      USER_NAME: 'Een naam heeft 1 tot 64 tekens van a-z 0-9 . _ @ - en begint met een letter of cijfer.',
      USER_ROLES: 'Kies een of meer rollen.',
      LOGIN_DAYS: 'Een inlogtoken is 1 tot 366 dagen geldig.',
      ACCESS_UNREADABLE: 'Het bestand met gebruikers is niet te lezen.',
    },
  },
  en: {
    users: 'Users',
    tokens: 'Service tokens',
    parts: 'Parts of the administration',
    name: 'User name',
    roles: 'Roles',
    login: 'Login token',
    state: (state, until) =>
      ({ none: 'none', good: `good until ${until}`, expired: `expired on ${until}`, revoked: 'revoked' })[
        state
      ],
    used: 'Last used',
    never: 'never',
    factor: 'Second factor',
    factorState: (since, exempt) =>
      since === undefined ? (exempt ? 'not required' : 'to be set up') : `since ${since}`,
    locked: (minutes) => `locked out, ${minutes} min. to go`,
    add: 'Add a user',
    nameHint: 'Small letters, digits and . _ @ -. A name is never given again.',
    days: 'Days it is good for',
    exempt: 'No second factor required',
    exemptHint: 'Only where there is no other way.',
    keepNow: 'Hand it on now: it is not shown again.',
    tokenOf: (name) => `New token for ${name}`,
    save: 'Save',
    renew: 'New login token',
    renewHint:
      'The token before it and sessions made with it end. Also opens the door after too many failures.',
    revoke: 'Revoke',
    revokeHint: 'The user is signed out at once and can not come in until there is a new token.',
    resetFactor: 'Forget the second factor',
    resetHint: 'For a lost phone. The next log-in sets up another.',
    own: 'This is you. Somebody else changes your own roles and access.',
    source: 'Source',
    sourceHint: 'Whose events these are, such as shop.',
    scopes: 'May',
    made: 'Made',
    revoked: 'revoked',
    good: 'good',
    addToken: 'Make a service token',
    noTokens: 'There are no service tokens yet.',
    problems: {
      TOKEN_UNKNOWN: 'There is no such token.',
      TOKEN_SOURCE: 'A source has 1 to 64 of a-z 0-9 . _ -, and begins with a letter or digit.',
      USER_UNKNOWN: 'There is no such user.',
      USER_EXISTS: 'There is a user of this name already.',
      USER_NAME: 'A name has 1 to 64 of a-z 0-9 . _ @ -, and begins with a letter or digit.',
      USER_ROLES: 'Choose one or more roles.',
      LOGIN_DAYS: 'A login token is good for 1 to 366 days.',
      ACCESS_UNREADABLE: 'The file of users can not be read.',
    },
  },
};
