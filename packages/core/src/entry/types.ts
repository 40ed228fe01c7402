import type { Action, ActorKind, Involvement, Outcome } from './kinds.ts';

/** A person in an entry (format v1 §3): `ref` is 43 and `ptr` 22 characters of base64url. */
export interface Mention {
  readonly ptr: string;
  readonly ref: string;
}

/** A person whose data the entry concerns. */
export interface SubjectMention extends Mention {
  readonly involvement: Involvement;
}

/** Who acted. `anonymous` has no person. `role` is a register key. */
export interface ActorMention {
  readonly kind: ActorKind;
  readonly person?: Mention;
  readonly role?: string;
}

/** One sealed part (format v1 §4). `persons` are positions over all parts of the event, ascending. */
export interface SealedPart {
  /** base64url of nonce(24) ‖ ciphertext ‖ tag(16). */
  readonly box: string;
  /** base64url of the 32-byte commitment. */
  readonly commit: string;
  readonly part: string;
  readonly persons: readonly number[];
}

/** Position of one entry among the adjacent entries of a split event; `number` from 1. */
export interface PartOf {
  readonly number: number;
  readonly of: number;
}

/** A sender's own counter. */
export interface SourceMark {
  readonly id: string;
  readonly seq: number;
}

/** The previous entry that is not an access: its index and base64url leaf hash. */
export interface ControlLink {
  readonly index: number;
  readonly leaf: string;
}

/** What every entry has (format v1 §1). Times are `YYYY-MM-DDTHH:mm:ss.sssZ`, ids UUID text. */
export interface EntryBase {
  readonly v: 1;
  readonly index: number;
  readonly prev: string;
  readonly id: string;
  readonly occurred: string;
  readonly recorded: string;
  readonly source?: SourceMark;
  readonly part?: PartOf;
}

interface Controlled extends EntryBase {
  readonly control: ControlLink;
}

interface Concerning {
  readonly activity?: string;
  readonly actor?: ActorMention;
  readonly subjects: readonly SubjectMention[];
  /** Subjects of the whole event over all its parts. */
  readonly subjectCount: number;
  readonly sealed?: readonly SealedPart[];
}

/** Entry 0. `vkey` is the C2SP verifier key; `succeeds` holds checkpoint notes of the log that went before. */
export interface GenesisEntry extends EntryBase {
  readonly kind: 'genesis';
  readonly origin: string;
  readonly vkey: string;
  readonly succeeds?: { readonly held: string; readonly lost?: string };
}

/** Somebody saw or changed personal data. `activity` is `key@version`; lists are sorted sets. */
export interface AccessEntry extends EntryBase {
  readonly kind: 'access';
  readonly action: Action;
  readonly activity: string;
  readonly actor: ActorMention;
  readonly confidential?: true;
  readonly fields: readonly string[];
  readonly flags?: readonly string[];
  readonly of?: number;
  readonly onBehalfOf?: Mention;
  readonly operation: string;
  readonly outcome: Outcome;
  readonly recipient?: string;
  readonly sealed?: readonly SealedPart[];
  readonly service: string;
  readonly subjectCount: number;
  readonly subjects: readonly SubjectMention[];
}

/** A version of the register; `document` is its canonical text (or a slice, when split), `digest` SHA-256 of the whole. */
export interface RegisterEntry extends Controlled {
  readonly kind: 'register';
  readonly version: number;
  readonly date: string;
  readonly digest: string;
  readonly document: string;
}

/** A fact that starts or ends a term, or a right that was exercised. */
export interface LifecycleEntry extends Controlled, Concerning {
  readonly kind: 'lifecycle';
  readonly event: string;
}

/** Says what was wrong in the entry `of`. */
export interface CorrectionEntry extends Controlled {
  readonly kind: 'correction';
  readonly of: number;
  readonly actor?: ActorMention;
  readonly fields?: readonly string[];
  readonly sealed?: readonly SealedPart[];
}

/** A request for erasure and its ground. */
export interface ErasureEntry extends Controlled, Concerning {
  readonly kind: 'erasure';
  readonly ground: string;
}

/** What is destroyed (`handles`: base64url numbers) or pruned (`ranges`: inclusive indexes), under which rule. */
export interface RetentionEntry extends Controlled {
  readonly kind: 'retention';
  readonly activity: string;
  readonly rule: string;
  readonly cutoff?: string;
  readonly handles: readonly string[];
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** Suspends retention, or lifts the suspension that entry `of` placed. */
export interface HoldEntry extends Controlled, Concerning {
  readonly kind: 'hold';
  readonly state: 'placed' | 'lifted';
  readonly of?: number;
}

/** Confidentiality of the entries `of` is lifted. */
export interface ConfidentialityEntry extends Controlled {
  readonly kind: 'confidentiality';
  readonly of: readonly number[];
  readonly actor?: ActorMention;
  readonly sealed?: readonly SealedPart[];
}

/** Somebody looked at the entries `of`. */
export interface ReviewEntry extends Controlled {
  readonly kind: 'review';
  readonly of: readonly number[];
  readonly result: 'in-order' | 'follow-up';
  readonly actor: ActorMention;
  readonly sealed?: readonly SealedPart[];
}

/** Accesses that went unlogged under the policy `available`. */
export interface GapEntry extends Controlled {
  readonly kind: 'gap';
  readonly activity: string;
  readonly service: string;
  readonly count: number;
  readonly from: string;
  readonly to: string;
}

/** The log lives; the next sign of life comes before `next`. */
export interface HeartbeatEntry extends Controlled {
  readonly kind: 'heartbeat';
  readonly next: string;
}

/** Key rotation (format v1 §2); `signature` by the old key, base64url of 64 bytes. */
export interface KeyEntry extends Controlled {
  readonly kind: 'key';
  readonly vkey: string;
  readonly signature: string;
}

/** Times recorded from `from` to `to` were false. */
export interface ClockEntry extends Controlled {
  readonly kind: 'clock';
  readonly from: string;
  readonly to: string;
}

/** Every entry that is not an access nor the genesis. */
export type ControlledEntry =
  | RegisterEntry
  | LifecycleEntry
  | CorrectionEntry
  | ErasureEntry
  | RetentionEntry
  | HoldEntry
  | ConfidentialityEntry
  | ReviewEntry
  | GapEntry
  | HeartbeatEntry
  | KeyEntry
  | ClockEntry;

/** Any entry of format v1. */
export type Entry = GenesisEntry | AccessEntry | ControlledEntry;

type Holes = 'index' | 'prev' | 'recorded' | 'control';
type Without<E> = E extends unknown ? Omit<E, Holes> : never;

/** An entry as its writer gives it: complete but for what only the commit knows. */
export type EntryFields = Without<Entry>;
