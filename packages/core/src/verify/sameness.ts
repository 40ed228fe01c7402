import { sha256Base64url } from '../crypto.ts';
import { SPREAD_KEYS } from '../entry/kind-table.ts';
import type { Entry, PartOf } from '../entry/types.ts';
import { encodeUtf8 } from '../utf8.ts';
import type { PartMark } from './inspection.ts';

// Given by the commit to each part for itself.
const COMMIT_KEYS = ['control', 'index', 'part', 'prev'];

/** What the parts of one event are compared by (format v1 §1 `part`). */
export function partMark(entry: Entry, { number, of }: PartOf): PartMark {
  const apart = new Set([...COMMIT_KEYS, ...SPREAD_KEYS[entry.kind]]);
  const equal = Object.entries(entry).filter(([key]) => !apart.has(key));
  const sameness = sha256Base64url(encodeUtf8(JSON.stringify([...equal, of])));
  const counted = 'subjects' in entry;
  return {
    number,
    of,
    sameness,
    subjects: counted ? entry.subjects.length : 0,
    subjectCount: counted ? entry.subjectCount : 0,
  };
}
