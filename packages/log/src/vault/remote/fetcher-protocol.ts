import type { MessagePort } from 'node:worker_threads';
import type { Location } from '../../location.ts';

/** How the fetching thread is started. */
export interface FetcherSetup {
  readonly location: Location;
  readonly kek: Uint8Array;
  /** Two numbers: what came of the last request, and a count that grows while there is progress. */
  readonly state: SharedArrayBuffer;
  /** Takes the reason of a failure, before `state` says that there is one. */
  readonly reasons: MessagePort;
}

/** The number of one handle; `'all'` for those that the log's vault has and this machine lacks. */
export type FetchRequest = Uint8Array | 'all';

/** What came of a request, in `state`. */
export const FETCHED = { waiting: 0, taken: 1, none: 2, failed: 3 } as const;
