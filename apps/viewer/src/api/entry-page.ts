/** Entries of a page of the API, when nothing else is asked for and at most. */
export const USUAL_LIMIT = 50;
export const MOST_LIMIT = 1000;

/** Which page of a search is asked for. */
export interface EntryPage {
  readonly limit: number;
  /** Only entries below this index. */
  readonly below: number | undefined;
}
