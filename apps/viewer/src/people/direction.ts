import type { Direction } from '../export/person-rows.ts';

/** The two views of NEN 7513: who looked at this person, and whom did this employee look at. */
export const DIRECTIONS: readonly Direction[] = ['subject', 'actor'];

/** The direction that a form or an address names; the person's own where it names none. */
export function directionOf(text: string): Direction {
  return DIRECTIONS.find((one) => one === text) ?? 'subject';
}

/** The form of a person token. */
export const TOKEN: RegExp = /^[0-9a-f]{16}$/;
