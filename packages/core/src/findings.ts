/** What a finding means: evidence of tampering or damage, something to look at, or a deletion that says it was lawful. */
export type FindingLevel = 'failure' | 'warning' | 'claimed-lawful';

/** Every code that verification can answer with (format v1 §5). */
export type FindingCode =
  | 'leaf-hash'
  | 'not-canonical'
  | 'unknown-key'
  | 'unknown-version'
  | 'malformed'
  | 'prev-broken'
  | 'index-gap'
  | 'index-repeat'
  | 'id-repeat'
  | 'part-missing'
  | 'part-apart'
  | 'part-unequal'
  | 'recorded-back'
  | 'control-broken'
  | 'genesis-missing'
  | 'genesis-repeat'
  | 'genesis-origin'
  | 'register-unknown'
  | 'register-version'
  | 'register-superseded'
  | 'source-hole'
  | 'occurred-after'
  | 'clock-corrected'
  | 'root-mismatch'
  | 'signature-bad'
  | 'signature-unknown'
  | 'key-retired'
  | 'unsigned-tail'
  | 'truncated'
  | 'forked'
  | 'stale'
  | 'body-missing'
  | 'pruned'
  | 'pruned-early'
  | 'pruned-hold'
  | 'mention-unopened'
  | 'handle-unknown'
  | 'handle-undead'
  | 'handle-reused'
  | 'commitment-wrong'
  | 'index-differs'
  | 'tree-hash'
  | 'id-table'
  | 'store-damaged'
  | 'race-lost';

/** Level of each code and one line about it, for `docs/errors.md`. */
export const FINDINGS: Readonly<Record<FindingCode, readonly [level: FindingLevel, about: string]>> = {
  'leaf-hash': ['failure', 'the stored leaf hash is not the hash of the entry bytes'],
  'not-canonical': ['failure', 'the entry is not JSON in canonical form (RFC 8785)'],
  'unknown-key': ['failure', 'the entry has a key that its kind does not have'],
  'unknown-version': ['failure', 'the entry is of a format version that this verifier does not know'],
  malformed: ['failure', 'a value of the entry is not what its kind allows'],
  'prev-broken': ['failure', '`prev` is not the leaf hash of the entry before'],
  'index-gap': ['failure', 'entries are missing before this one'],
  'index-repeat': ['failure', 'the index was used before'],
  'id-repeat': ['failure', 'the id (with its part) was used before'],
  'part-missing': ['failure', 'a split event lacks parts'],
  'part-apart': ['failure', 'parts of one event are not adjacent and in order'],
  'part-unequal': [
    'failure',
    'parts of one event differ where they must be equal, or their subjects do not add up',
  ],
  'recorded-back': ['failure', 'recorded time goes back without a clock entry that says so'],
  'control-broken': ['failure', 'the chain of entries that are not accesses is broken'],
  'genesis-missing': ['failure', 'entry 0 is not a genesis'],
  'genesis-repeat': ['failure', 'a second genesis'],
  'genesis-origin': ['failure', 'the genesis is of another origin'],
  'register-unknown': [
    'failure',
    'activity, field, action, role or recipient is not in the register version named',
  ],
  'register-version': [
    'failure',
    'the register version named does not exist below the entry, or is out of sequence',
  ],
  'register-superseded': [
    'warning',
    'the entry was validated against a register version that was no longer the newest',
  ],
  'source-hole': ['warning', 'a sender lost events: its counter has a hole'],
  'occurred-after': ['warning', 'the event is said to have occurred after it was recorded'],
  'clock-corrected': ['warning', 'a clock entry declares recorded times false'],
  'root-mismatch': ['failure', 'the root of the entries is not the root of the stored checkpoint'],
  'signature-bad': ['failure', 'a signature does not verify'],
  'signature-unknown': [
    'failure',
    'the checkpoint has no signature by a key that was in force and is trusted',
  ],
  'key-retired': ['failure', 'the checkpoint is signed by a key that was no longer in force'],
  'unsigned-tail': ['failure', 'entries beyond the newest checkpoint'],
  truncated: ['failure', 'the log has fewer entries than a checkpoint covers'],
  forked: ['failure', 'the log is not consistent with a checkpoint held elsewhere'],
  stale: ['warning', 'the newest entry is older than it should be'],
  'body-missing': ['failure', 'the body of an entry is missing and no retention entry covers it'],
  pruned: ['claimed-lawful', 'bodies were removed under a retention entry'],
  'pruned-early': ['failure', 'a body was removed before the cutoff of its own cover'],
  'pruned-hold': ['failure', 'a body was removed while a hold was in force'],
  'mention-unopened': ['failure', 'a mention of a live handle does not open'],
  'handle-unknown': ['failure', 'a mention leads to a handle that is neither live nor destroyed by an entry'],
  'handle-undead': ['failure', 'a handle is live although an entry destroyed it'],
  'handle-reused': ['failure', 'a handle was used after its destruction'],
  'commitment-wrong': ['failure', 'the commitment of a readable part is wrong'],
  'index-differs': ['failure', 'the search index differs from the log'],
  'tree-hash': ['failure', 'a stored tree hash differs from the recomputed one'],
  'id-table': ['failure', 'the table of ids differs from the log'],
  'store-damaged': ['failure', 'the store is damaged as a container'],
  'race-lost': ['warning', 'segments that lost a race stand beside those that count'],
};

/** One answer of verification. */
export interface Finding {
  readonly code: FindingCode;
  /** First entry concerned. */
  readonly index?: number;
  readonly message: string;
  /** Signed notes that prove it, for `forked` and `truncated`: the one held, then the log's own. */
  readonly notes?: readonly string[];
}

/** Where findings go; called in log order but for what is known only at the end. */
export type Report = (finding: Finding) => void;

/** Level of a finding's code. */
export function findingLevel(code: FindingCode): FindingLevel {
  return FINDINGS[code][0];
}
