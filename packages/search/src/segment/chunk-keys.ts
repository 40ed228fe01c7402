/** Keys of the chunks of a segment: what each row of the table `chunk` holds. */
export const CHUNK = {
  /** Set of present entries; left out when all are. */
  present: 1,
  /** Occurred times. */
  times: 2,
  /** Who acted; left out when nobody known did. */
  actors: 3,
  /** Plus the place in SINGLE_ATTRIBUTES: a column of term numbers. */
  column: 16,
  /** Plus the bucket: groups of persons. */
  bucket: 256,
  /** Plus the term number: a set of positions. */
  term: 1024,
} as const;

/** Chunk keys lie below this; a chunk's row id is `slot * CHUNK_SPAN + key`. */
export const CHUNK_SPAN: number = 2 ** 24;
/** Highest term number that a chunk key has room for. */
export const MAX_TERM: number = CHUNK_SPAN - CHUNK.term - 1;
