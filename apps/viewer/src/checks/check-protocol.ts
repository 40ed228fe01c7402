import type { ControlNotes } from './control-walk.ts';
import type { CheckKind, Progress, SideResult } from './integrity-state.ts';
import type { Notice } from './notice.ts';
import type { TrustedTree } from './trusted-tree.ts';

/** How far a round looks at what is beside the entries. */
export interface Sides {
  /** Entries up to which it checks the vault, and compares the index with all of the log. */
  readonly vault: number;
  readonly index: number;
  /** Milliseconds for a part of a larger index; 0: none of it. */
  readonly budget: number;
}

/** What a check is asked to do; sent to its process. */
export interface CheckRequest {
  readonly kind: CheckKind;
  /** Somebody waits: as many threads as there are to spare, instead of one. */
  readonly urgent: boolean;
  readonly log: string;
  readonly keys: string | undefined;
  /** Path of `index.db`. */
  readonly index: string;
  /** File of the heads remembered. */
  readonly heads: string;
  /** The verifier key that the log is held to. */
  readonly vkey: string | undefined;
  /** Signed checkpoints that the operator gave. */
  readonly held: readonly { readonly note: string; readonly from: string }[];
  /** Where hashing bodies again goes on in a round, and for how many milliseconds. */
  readonly bodies: { readonly from: number; readonly budget: number };
  readonly sides: Sides;
  /** Where comparing the index goes on in a round that does not compare all of it. */
  readonly indexFrom: number;
  readonly notes: ControlNotes;
}

/** What a check came to. */
export interface CheckOutcome {
  readonly origin: string | undefined;
  /** The verifier key that the log's genesis names. */
  readonly vkey: string | undefined;
  readonly ok: boolean;
  /** Whether all bodies and hashes were gone over. */
  readonly whole: boolean;
  readonly size: number;
  /** Standard base64. */
  readonly root: string;
  readonly checked: number;
  readonly rehashed: number;
  /** Where the next round goes on with the bodies. */
  readonly nextBody: number;
  /** Where it goes on with the index. */
  readonly nextIndex: number;
  readonly failures: readonly Notice[];
  readonly warnings: readonly Notice[];
  readonly more: number;
  readonly prunedBodies: number;
  readonly index: SideResult;
  readonly vault: SideResult;
  readonly notes: ControlNotes;
  /** Undefined when the log was not found good. */
  readonly tree: TrustedTree | undefined;
}

/** Told on the way. */
export interface CheckTold {
  readonly progress: (progress: Pick<Progress, 'stage' | 'done' | 'total'>) => void;
  readonly found: (notices: readonly Notice[]) => void;
}

/** What the process of a check says. */
export type CheckAnswer =
  | { readonly kind: 'progress'; readonly progress: Pick<Progress, 'stage' | 'done' | 'total'> }
  /** Found already, while a closer look is under way. */
  | { readonly kind: 'found'; readonly notices: readonly Notice[] }
  | { readonly kind: 'done'; readonly outcome: CheckOutcome }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };
