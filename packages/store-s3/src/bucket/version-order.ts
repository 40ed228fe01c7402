import type { ListObjectVersionsOutput } from '@aws-sdk/client-s3';
import type { ObjectVersion } from './object-version.ts';

/** Keys are asked for URL-encoded: some that others may have made can't stand in XML. */
export function decodeKey(key: string): string {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '));
  } catch {
    // Not encoded after all: the server took no notice.
    return key;
  }
}

/** Versions of one page in the server's order; the SDK gives delete markers apart. */
export interface VersionPage {
  readonly versions: readonly ObjectVersion[];
  readonly markers: readonly { readonly marker: ObjectVersion; readonly isLatest: boolean }[];
}

/** One page, keys without their prefix. */
export function versionPage(output: ListObjectVersionsOutput, prefix: string): VersionPage {
  const ownKey = (key: string | undefined): string => decodeKey(key ?? '').slice(prefix.length);
  return {
    versions: (output.Versions ?? []).map(({ Key, VersionId, Size, ETag }) => ({
      key: ownKey(Key),
      versionId: VersionId ?? 'null',
      isDeleteMarker: false,
      size: Size ?? 0,
      etag: (ETag ?? '').replaceAll('"', ''),
    })),
    markers: (output.DeleteMarkers ?? []).map(({ Key, VersionId, IsLatest }) => ({
      marker: {
        key: ownKey(Key),
        versionId: VersionId ?? 'null',
        isDeleteMarker: true,
        size: 0,
        etag: '',
      },
      isLatest: IsLatest === true,
    })),
  };
}

/**
 * Pages as one list: by key in byte order, within a key the versions in the server's order. A delete marker stands
 * first when it is the latest and else behind the versions of its key, for where it stood is not known.
 */
export function joinPages(pages: readonly VersionPage[]): ObjectVersion[] {
  const byKey = new Map<string, { first: ObjectVersion[]; middle: ObjectVersion[]; last: ObjectVersion[] }>();
  const of = (key: string): { first: ObjectVersion[]; middle: ObjectVersion[]; last: ObjectVersion[] } => {
    const known = byKey.get(key) ?? { first: [], middle: [], last: [] };
    byKey.set(key, known);
    return known;
  };
  for (const { versions, markers } of pages) {
    for (const version of versions) of(version.key).middle.push(version);
    for (const { marker, isLatest } of markers) of(marker.key)[isLatest ? 'first' : 'last'].push(marker);
  }
  return [...byKey]
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .flatMap(([, { first, middle, last }]) => [...first, ...middle, ...last]);
}
