/** One id that stands in the log more than once. */
export interface DuplicateId {
  /** Where it stands again: the later index. */
  readonly index: number;
  /** Where it stood before. */
  readonly first: number;
}

/**
 * Collects every id of a log and tells which repeat (format v1 §1 `id`). A verifier of large logs
 * brings one that sorts on disk, so that its memory does not grow with the log.
 *
 * Two rows with one id are duplicates when their parts are equal, or when one of them is 0 (an
 * entry that is not split).
 */
export interface IdCollector {
  /** @param id 16 bytes, only valid during the call; @param part 0 for an entry that is not split */
  collect(id: Uint8Array, part: number, index: number): void;
  /** @param ids 16 bytes each, of entries that are not split, the first of them at index `first` */
  collectAll(ids: Uint8Array, first: number): void;
  /** Called once, after the last `collect`, in any order. */
  duplicates(): Iterable<DuplicateId>;
}

const ID_BYTES = 16;

/** An {@link IdCollector} in memory: for small logs and for what is new in an incremental check. */
export function memoryIdCollector(): IdCollector {
  const seen = new Map<string, { readonly index: number; readonly parts: Set<number> }>();
  const found: DuplicateId[] = [];
  return {
    collectAll(ids, first) {
      for (let i = 0; i < ids.length / ID_BYTES; i++)
        this.collect(ids.subarray(i * ID_BYTES, (i + 1) * ID_BYTES), 0, first + i);
    },
    collect(id, part, index) {
      const key = Buffer.from(id).toString('latin1');
      const known = seen.get(key);
      if (known === undefined) {
        seen.set(key, { index, parts: new Set([part]) });
        return;
      }
      if (part === 0 || known.parts.has(0) || known.parts.has(part))
        found.push({ index, first: known.index });
      known.parts.add(part);
    },
    duplicates: () => found,
  };
}

const scratch = new Uint8Array(16);

/** The 16 bytes of a UUID text that the schema has checked, in a buffer that the next call overwrites. */
export function idBytes(uuid: string): Uint8Array {
  let at = 0;
  for (let i = 0; i < 36; i += 2) {
    if (uuid.charCodeAt(i) === 45) i++;
    scratch[at++] = (nibble(uuid.charCodeAt(i)) << 4) | nibble(uuid.charCodeAt(i + 1));
  }
  return scratch;
}

function nibble(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}
