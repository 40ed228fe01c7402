/** What is known of one entry. */
export type EntryState = 'verified' | 'pending' | 'pruned' | 'failed';

/** What the checks have found so far, for every page. */
export interface CheckState {
  readonly status: 'unchecked' | 'good' | 'failed';
  /** ms since 1970 of the last check that ended. */
  readonly checked: number | undefined;
  /** Entries that it covered. */
  readonly size: number;
}

/** What watches over the log. */
export interface Checks {
  readonly state: CheckState;
  stateOf(index: number): EntryState;
}
