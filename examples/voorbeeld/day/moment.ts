import type { AccessEvent } from '@zegel/log';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** From eight to six. */
export const WORKING_HOURS = 10;

/** An access at a moment of the day, ms after eight o'clock. */
export interface Moment {
  readonly at: number;
  readonly event: Omit<AccessEvent, 'id' | 'occurred'>;
}

/** A fact of the day that starts or ends a term, or a right that somebody used, ms after eight o'clock. */
export interface Fact {
  readonly at: number;
  readonly event: string;
  readonly activity: string;
  readonly person: { readonly type: string; readonly id: string };
  readonly case?: string;
}
