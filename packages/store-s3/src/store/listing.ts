import type { Bucket } from '../bucket/bucket.ts';
import type { ObjectVersion } from '../bucket/object-version.ts';

/** Versions of one key in listing order, the newest first; delete markers included. */
export interface KeyVersions {
  readonly key: string;
  readonly versions: readonly ObjectVersion[];
}

/** Keys of one page, each with all of its versions. */
export interface KeyPage {
  readonly keys: readonly KeyVersions[];
  /** Whether there are more after it. */
  readonly isTruncated: boolean;
}

/** Keys under a folder after one, in byte order, with all their versions: a delete marker hides nothing here. */
export async function pageAfter(bucket: Bucket, folder: string, after: string | undefined): Promise<KeyPage> {
  const { versions, isTruncated } = await bucket.versionsAfter(folder, after);
  const keys = grouped(versions);
  const last = keys.at(-1);
  if (!isTruncated || last === undefined) return { keys, isTruncated };
  // The page may end amid the versions of its last key.
  const whole = keys.slice(0, -1);
  if (whole.length > 0) return { keys: whole, isTruncated };
  const all = (await bucket.versions(last.key)).filter(({ key }) => key === last.key);
  return { keys: [{ key: last.key, versions: all }], isTruncated };
}

/** All keys under a folder with their versions, page after page. */
export async function* allKeys(
  bucket: Bucket,
  folder: string,
  after?: string,
): AsyncGenerator<readonly KeyVersions[], void> {
  let from = after;
  for (;;) {
    const { keys, isTruncated } = await pageAfter(bucket, folder, from);
    if (keys.length > 0) yield keys;
    from = keys.at(-1)?.key;
    if (!isTruncated || from === undefined) return;
  }
}

function grouped(versions: readonly ObjectVersion[]): readonly KeyVersions[] {
  const keys: { readonly key: string; readonly versions: ObjectVersion[] }[] = [];
  for (const version of versions) {
    const last = keys.at(-1);
    if (last?.key === version.key) last.versions.push(version);
    else keys.push({ key: version.key, versions: [version] });
  }
  return keys;
}
