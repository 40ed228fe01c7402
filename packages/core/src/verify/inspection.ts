import type { AccessEntry, Entry, PartOf, SourceMark } from '../entry/types.ts';
import type { FindingCode } from '../findings.ts';

/** Something wrong with one entry by itself; the position is added by the checker. */
export interface InspectionProblem {
  readonly code: FindingCode;
  readonly message: string;
}

/** What the parts of one event are compared by. */
export interface PartMark extends PartOf {
  /** Hash over everything that must be equal in all parts. */
  readonly sameness: string;
  /** Subjects in this part, and over all parts as the entry claims; both 0 for kinds without subjects. */
  readonly subjects: number;
  readonly subjectCount: number;
}

interface Inspected {
  /** Leaf hash that chain and tree are built on, base64url: the stored one where it was given. */
  readonly leaf: string;
  readonly problems: readonly InspectionProblem[];
}

interface Placed extends Inspected {
  readonly index: number;
  readonly prev: string;
  /** UUID text. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly occurred: number;
  readonly recorded: number;
  readonly source?: SourceMark;
  readonly part?: PartMark;
}

/** A sound access, reduced to what the order of entries can decide: numbers and short strings. */
export interface AccessInspection extends Placed {
  readonly kind: 'access';
  /**
   * What the register decides, separated by single spaces: `activity@version action role recipient
   * field…`; a role or recipient that is not there is empty.
   */
  readonly scope: string;
}

/** A sound entry of any other kind, whole. */
export interface ControlInspection extends Placed {
  readonly kind: 'control';
  readonly entry: Exclude<Entry, AccessEntry>;
}

/** An entry that can't be read as format v1: unknown version, malformed, or no JSON at all. What could be read is there. */
export interface PartialInspection extends Inspected {
  readonly kind: 'partial';
  readonly index?: number;
  readonly prev?: string;
  readonly id?: string;
  readonly recorded?: number;
}

/** What {@link inspectEntry} finds out about one entry without its neighbours. Plain data. */
export type Inspection = AccessInspection | ControlInspection | PartialInspection;

/** An entry whose body is gone; `leaf` is the stored leaf hash, base64url. */
export interface PrunedLeaf {
  readonly kind: 'pruned';
  readonly leaf: string;
}
