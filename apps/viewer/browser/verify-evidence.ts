/** What is known of a neighbour of an entry, or of an entry that covers it. Bytes and hashes are base64. */
export interface LeafEvidence {
  readonly index: number;
  /** Exact bytes; absent where the body is gone. */
  readonly bytes?: string;
  /** Leaf hash as the log keeps it. */
  readonly leaf: string;
  /** Inclusion proof in the checkpoint of the evidence. */
  readonly path: readonly string[];
}

/** A later key of the log, and the signature of the one before (format v1 §2). */
export interface RotationEvidence {
  /** Of the `key` entry. */
  readonly index: number;
  readonly vkey: string;
  /** base64url. */
  readonly signature: string;
}

/** Everything that a browser needs to check one entry by itself. */
export interface Evidence {
  readonly origin: string;
  readonly index: number;
  /** Verifier key of the genesis. */
  readonly vkey: string;
  readonly rotations: readonly RotationEvidence[];
  /** The newest checkpoint, a note. */
  readonly checkpoint: string;
  /** Exact bytes, base64; absent where the body is gone. */
  readonly bytes?: string;
  /** Leaf hash as the log keeps it, base64. */
  readonly leaf: string;
  /** The proof (C2SP tlog-proof) in that checkpoint; absent while the entry is not covered by one. */
  readonly proof?: string;
  readonly previous?: LeafEvidence;
  readonly next?: LeafEvidence;
  /** The `retention` entry that names the body among those pruned. */
  readonly cover?: LeafEvidence;
}

/** What is checked, in this order. */
export type StepName = 'signature' | 'leaf' | 'cover' | 'inclusion' | 'previous' | 'next';

/** Why a step is not good. */
export type StepReason =
  | 'note-malformed'
  | 'checkpoint-malformed'
  | 'signature-bad'
  | 'key-unknown'
  | 'key-ambiguous'
  | 'key-malformed'
  | 'key-retired'
  | 'rotation-bad'
  | 'other-origin'
  | 'unsupported'
  | 'leaf-differs'
  | 'not-an-entry'
  | 'other-index'
  | 'body-missing'
  | 'cover-wrong'
  | 'proof-malformed'
  | 'proof-other'
  | 'root-differs'
  | 'not-covered'
  | 'prev-differs'
  | 'neighbour-pruned'
  | 'newest'
  | 'no-evidence';

/** `skipped`: there is nothing to compare, and nothing wrong. */
export type StepResult = 'good' | 'failed' | 'pending' | 'skipped' | 'unsupported';

/** One thing that was checked. */
export interface Step {
  readonly name: StepName;
  readonly result: StepResult;
  readonly reason?: StepReason;
  /** What was compared, or who signed: computed here first, then what it must equal. */
  readonly compared: readonly string[];
}

/** `unsupported`: all that this browser can check is good. */
export type VerdictState = 'verified' | 'pending' | 'pruned' | 'failed' | 'unsupported';

/** What came of it. */
export interface Verdict {
  readonly state: VerdictState;
  readonly steps: readonly Step[];
}
