import type { Texts } from './texts.ts';

/** Words of a reveal. */
export interface Reveal {
  readonly title: string;
  readonly offer: string;
  readonly hint: string;
  readonly button: string;
  readonly once: string;
  readonly nobody: string;
  readonly place: string;
  readonly type: string;
  readonly id: string;
  readonly places: { readonly actor: string; readonly onBehalfOf: string };
  readonly back: (index: number) => string;
}

/** Words of a reveal, in each language. */
export const REVEAL: Texts<Reveal> = {
  nl: {
    title: 'Wie dit zijn',
    offer: 'Laten zien wie dit zijn',
    hint: 'Elke keer wordt met uw reden vastgelegd, met de naam van iedereen die u te zien krijgt.',
    button: 'Laten zien',
    once: 'U ziet dit één keer. Wie dit zijn staat niet in het adres; opnieuw bekijken is een nieuwe regel in het logboek.',
    nobody: 'Het logboek weet van niemand in deze regel (meer) wie het is. Dat u keek, is vastgelegd.',
    place: 'Plaats in de regel',
    type: 'Soort persoon',
    id: 'Nummer of kenmerk',
    places: { actor: 'wie het deed', onBehalfOf: 'namens wie' },
    back: (index) => `Terug naar regel ${index}`,
  },
  en: {
    title: 'Who these are',
    offer: 'Show who these are',
    hint: 'Each time is recorded with your reason, naming everybody whom you are shown.',
    button: 'Show',
    once: 'You see this once. Who these are does not stand in the address; looking again is a new entry in the log.',
    nobody: 'The log does not know (any more) who anybody in this entry is. That you looked is recorded.',
    place: 'Place in the entry',
    type: 'Kind of person',
    id: 'Number or name',
    places: { actor: 'who did it', onBehalfOf: 'on whose behalf' },
    back: (index) => `Back to entry ${index}`,
  },
};
