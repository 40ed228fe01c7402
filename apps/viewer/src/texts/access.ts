import type { Role } from '../access/permissions.ts';
import type { Texts } from './texts.ts';

/** Words of the log-in. */
export interface LogInWords {
  readonly title: string;
  readonly name: string;
  readonly token: string;
  readonly tokenHint: string;
  readonly next: string;
  readonly refused: string;
  readonly wait: (minutes: number) => string;
  readonly dev: string;
  readonly logged: string;
  readonly codeTitle: string;
  readonly code: string;
  readonly codeHint: string;
  readonly codeRefused: string;
  readonly setUpTitle: string;
  readonly setUp: string;
  readonly scan: string;
  readonly key: string;
  readonly open: string;
  readonly confirm: string;
  readonly again: string;
  readonly gone: string;
}

/** Words of the log-in. */
export const LOG_IN: Texts<LogInWords> = {
  nl: {
    title: 'Inloggen',
    name: 'Gebruikersnaam',
    token: 'Inlogtoken',
    tokenHint: 'De tekst die begint met login_, van de beheerder.',
    next: 'Verder',
    refused: 'Gebruikersnaam of inlogtoken klopt niet, of het token is verlopen of ingetrokken.',
    wait: (minutes) =>
      `Er ging te vaak iets mis. Probeer het over ${minutes === 1 ? 'een minuut' : `${minutes} minuten`} opnieuw.`,
    dev: 'Ontwikkelstand: er wordt geen tweede factor gevraagd. Gebruik dit nooit met gegevens van echte mensen.',
    logged: 'Elke poging om in te loggen, ook een mislukte, komt in het logboek.',
    codeTitle: 'Tweede factor',
    code: 'Code',
    codeHint: 'De zes cijfers die uw authenticator-app nu toont. Een code geldt één keer.',
    codeRefused: 'Deze code klopt niet, of is al gebruikt. Wacht op de volgende.',
    setUpTitle: 'Tweede factor instellen',
    setUp:
      'Voortaan logt u in met uw token en een code van een authenticator-app op uw telefoon of computer.',
    scan: 'Scan dit plaatje met de app.',
    key: 'Of neem de sleutel over:',
    open: 'Of open de app op dit apparaat',
    confirm: 'Typ dan de code die de app toont',
    again: 'Opnieuw beginnen',
    gone: 'Het inloggen duurde te lang of ging te vaak mis. Begin opnieuw.',
  },
  en: {
    title: 'Log in',
    name: 'User name',
    token: 'Login token',
    tokenHint: 'The text that begins with login_, from your administrator.',
    next: 'Continue',
    refused: 'User name or login token is wrong, or the token has expired or was revoked.',
    wait: (minutes) =>
      `Too much went wrong. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    dev: 'Development: no second factor is asked for. Never use this with data of real people.',
    logged: 'Every attempt to log in, also one that fails, is an entry in the log.',
    codeTitle: 'Second factor',
    code: 'Code',
    codeHint: 'The six digits that your authenticator app shows now. A code is good once.',
    codeRefused: 'This code is wrong, or was used before. Wait for the next one.',
    setUpTitle: 'Set up a second factor',
    setUp:
      'From now on you log in with your token and a code of an authenticator app on your phone or computer.',
    scan: 'Scan this picture with the app.',
    key: 'Or type the key:',
    open: 'Or open the app on this device',
    confirm: 'Then type the code that the app shows',
    again: 'Begin again',
    gone: 'Logging in took too long, or went wrong too often. Begin again.',
  },
};

/** Words of one's own account. */
export interface AccountWords {
  readonly title: string;
  readonly name: string;
  readonly roles: string;
  readonly role: Readonly<Record<Role, string>>;
  readonly signedInSince: string;
  readonly signedInBy: (isStrong: boolean) => string;
  readonly tokenUntil: string;
  readonly factor: string;
  readonly factorSince: (time: string) => string;
  readonly factorNone: string;
  readonly begin: string;
  readonly replace: string;
  readonly current: string;
  readonly confirm: string;
  readonly cancel: string;
  readonly done: string;
  readonly wrongCode: string;
}

/** Words of one's own account. */
export const ACCOUNT: Texts<AccountWords> = {
  nl: {
    title: 'Mijn account',
    name: 'Gebruikersnaam',
    roles: 'Rollen',
    role: { auditor: 'auditor', privacy: 'privacy', security: 'beveiliging', admin: 'beheer' },
    signedInSince: 'Ingelogd sinds',
    signedInBy: (isStrong) => (isStrong ? 'met token en code' : 'met alleen een token'),
    tokenUntil: 'Inlogtoken geldig tot',
    factor: 'Tweede factor',
    factorSince: (time) => `ingesteld op ${time}`,
    factorNone: 'niet ingesteld',
    begin: 'Tweede factor instellen',
    replace: 'Vervangen door een andere app',
    current: 'Code van de huidige app',
    confirm: 'In gebruik nemen',
    cancel: 'Laat maar',
    done: 'De tweede factor is ingesteld.',
    wrongCode: 'Deze code klopt niet, of is al gebruikt. Er is niets veranderd.',
  },
  en: {
    title: 'My account',
    name: 'User name',
    roles: 'Roles',
    role: { auditor: 'auditor', privacy: 'privacy', security: 'security', admin: 'administration' },
    signedInSince: 'Signed in since',
    signedInBy: (isStrong) => (isStrong ? 'by token and code' : 'by token only'),
    tokenUntil: 'Login token good until',
    factor: 'Second factor',
    factorSince: (time) => `set up on ${time}`,
    factorNone: 'not set up',
    begin: 'Set up a second factor',
    replace: 'Replace by another app',
    current: 'Code of the present app',
    confirm: 'Start using it',
    cancel: 'Never mind',
    done: 'The second factor is set up.',
    wrongCode: 'This code is wrong, or was used before. Nothing has changed.',
  },
};
