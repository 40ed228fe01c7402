/** A sealed trace and the handles that seal it. */
export interface TraceBox {
  /** UUID text of the entry. */
  readonly entryId: string;
  /** 0 for an entry that is not split. */
  readonly partNumber: number;
  /** Place in the entry's `sealed`. */
  readonly position: number;
  readonly persons: readonly number[];
  readonly commit: string;
  readonly box: string;
  /** Handle numbers (16 bytes) of `persons`, in order. */
  readonly numbers: readonly Uint8Array[];
}

/** What the index needs of a vault; a `VaultReader` of the log fits. Everything answers synchronously. */
export interface IndexVault {
  /** 32 bytes, HMAC of a person (format v1 §3); what the index keys people by. */
  personKey(type: string, id: string): Uint8Array;
  /** 16 bytes: number of the handle that a mention points at. Throws for what is no pointer. */
  numberOf(entryId: Uint8Array, position: number, ptr: string): Uint8Array;
  /** Person key of a live handle; undefined for any other. */
  keyOf(number: Uint8Array): Uint8Array | undefined;
  /** Grows whenever handles are destroyed. */
  generation(): number;
  /** The trace id in a sealed part; undefined when it can't be opened. Left out: traces are not indexed. */
  openTrace?(box: TraceBox): string | undefined;
}
