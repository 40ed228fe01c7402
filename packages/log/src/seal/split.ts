/** Bytes that the subjects of one part may take: the cap of an entry less room for everything else in it. */
const SUBJECT_ROOM = 40_000;

/** Longest JSON of one subject's mention: involvement, 22 and 43 characters of base64url, names and punctuation. */
const MENTION_BYTES = 120;

/** Cuts subjects into as many runs as there must be parts; at least one. */
export function splitSubjects<S>(subjects: readonly S[]): (readonly S[])[] {
  const per = Math.floor(SUBJECT_ROOM / MENTION_BYTES);
  if (subjects.length <= per) return [subjects];
  return Array.from({ length: Math.ceil(subjects.length / per) }, (_, i) =>
    subjects.slice(i * per, (i + 1) * per),
  );
}
