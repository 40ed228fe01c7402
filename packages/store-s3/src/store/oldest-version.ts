import type { ObjectVersion } from '../bucket/object-version.ts';

/** The oldest version of a key, in listing order, that is no delete marker. */
export function oldestVersion(versions: readonly ObjectVersion[]): ObjectVersion | undefined {
  return versions.findLast(({ isDeleteMarker }) => !isDeleteMarker);
}
