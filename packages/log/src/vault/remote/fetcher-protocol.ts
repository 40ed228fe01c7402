import type { Location } from '../../location.ts';

/** How the fetching thread is started. */
export interface FetcherSetup {
  readonly location: Location;
  readonly kek: Uint8Array;
  /** One number: what came of the last request. */
  readonly state: SharedArrayBuffer;
}

/** What came of a request, in `state`. */
export const FETCHED = { waiting: 0, taken: 1, none: 2, failed: 3 } as const;
