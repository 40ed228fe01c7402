/** One version of a key, or a delete marker. */
export interface ObjectVersion {
  readonly key: string;
  /** `null` for what was put while versioning was off. */
  readonly versionId: string;
  readonly isDeleteMarker: boolean;
  /** Bytes; 0 for a delete marker. */
  readonly size: number;
  /** As the server writes it, without quotes; empty for a delete marker. */
  readonly etag: string;
}

/** Until when a version can't be deleted. Governance may be lifted by who holds that right, compliance by nobody. */
export interface Lock {
  readonly mode: 'compliance' | 'governance';
  readonly until: Date;
}

/** What protects a version. */
export interface LockState {
  readonly lock: Lock | undefined;
  readonly legalHold: boolean;
}

/**
 * What came of a write. `taken`: the server refused because the key exists. `unknown`: it may be there or still
 * arrive, and only reading tells.
 */
export type Outcome =
  | { readonly kind: 'made'; readonly versionId: string | undefined }
  | { readonly kind: 'taken' }
  | { readonly kind: 'unknown'; readonly cause: Error };
