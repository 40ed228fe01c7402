import type { Texts } from './texts.ts';

/** Words of every page. */
export interface Common {
  readonly name: string;
  readonly skip: string;
  readonly search: string;
  readonly persons: string;
  readonly reviews: string;
  readonly exports: string;
  readonly integrity: string;
  readonly admin: string;
  readonly account: string;
  readonly signOut: string;
  readonly language: string;
  readonly theme: string;
  readonly themes: { readonly auto: string; readonly light: string; readonly dark: string };
  readonly apply: string;
  readonly failed: string;
  readonly failedMore: string;
  readonly impossible: string;
  readonly unchecked: string;
  readonly good: (size: string, time: string) => string;
  readonly wrong: string;
  readonly back: string;
  readonly logIn: string;
}

/** Words of every page. */
export const COMMON: Texts<Common> = {
  nl: {
    name: 'Zegel',
    skip: 'Naar de inhoud',
    search: 'Zoeken',
    persons: 'Personen',
    reviews: 'Beoordelen',
    exports: 'Exporteren',
    integrity: 'Integriteit',
    admin: 'Beheer',
    account: 'Mijn account',
    signOut: 'Uitloggen',
    language: 'Taal',
    theme: 'Weergave',
    themes: { auto: 'als het apparaat', light: 'licht', dark: 'donker' },
    apply: 'Toepassen',
    failed: 'Het logboek is niet in orde.',
    failedMore: 'Bekijk wat er is gevonden',
    impossible: 'Het logboek kan nu niet worden gecontroleerd.',
    unchecked: 'nog niet gecontroleerd',
    good: (size, time) => `${size} regels gecontroleerd, ${time}`,
    wrong: 'Dat ging niet',
    back: 'Terug naar zoeken',
    logIn: 'Log weer in, dan komt u op deze pagina terug; wat u invulde is niet bewaard',
  },
  en: {
    name: 'Zegel',
    skip: 'Skip to the content',
    search: 'Search',
    persons: 'Persons',
    reviews: 'Review',
    exports: 'Export',
    integrity: 'Integrity',
    admin: 'Administration',
    account: 'My account',
    signOut: 'Sign out',
    language: 'Language',
    theme: 'Appearance',
    themes: { auto: 'as the device', light: 'light', dark: 'dark' },
    apply: 'Apply',
    failed: 'The log is not in order.',
    failedMore: 'See what was found',
    impossible: 'The log can not be checked now.',
    unchecked: 'not checked yet',
    good: (size, time) => `${size} entries checked, ${time}`,
    wrong: 'That did not work',
    back: 'Back to search',
    logIn: 'Log in again, which leads back to the page; what was filled in is not kept',
  },
};
