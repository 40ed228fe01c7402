import { md5Hex } from '@zegel/core';
import type { ObjectVersion } from '../bucket/object-version.ts';

/**
 * Whether a listing shows that an object still has bytes that are known: S3 gives the MD5 of what was put in one piece as its entity
 * tag. Where a server makes its tags otherwise, nothing is known without fetching. It tells who meddled, and proves nothing.
 */
export function isListedAs(versions: readonly ObjectVersion[], bytes: string): boolean {
  const [newest] = versions;
  return newest !== undefined && !newest.isDeleteMarker && newest.etag === md5Hex(bytes);
}
