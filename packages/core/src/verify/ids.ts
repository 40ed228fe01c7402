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
  /** Called once, after the last `collect`, in any order. */
  duplicates(): Iterable<DuplicateId>;
}

/** An {@link IdCollector} in memory: for small logs and for what is new in an incremental check. */
export function memoryIdCollector(): IdCollector {
  const seen = new Map<string, { readonly index: number; readonly parts: Set<number> }>();
  const found: DuplicateId[] = [];
  return {
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
