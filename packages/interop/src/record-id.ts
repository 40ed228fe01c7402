import { canonicalize, type JsonValue, sha256Base64url, ZegelError } from '@zegel/core';
import { isId } from './names.ts';
import type { Problems } from './outcome.ts';

/**
 * The id under which a record is imported once: the source's own where there is one that fits, else
 * `sha256:` and the b64 SHA-256 of the record's canonical JSON (RFC 8785), so that white space and
 * the order of keys make no new record.
 */
export function recordId(own: string | undefined, record: unknown, problems: Problems): string {
  if (own !== undefined && isId(own)) return own;
  try {
    // What JSON.parse returned is a JsonValue; canonicalize checks what is left to doubt.
    return `sha256:${sha256Base64url(Buffer.from(canonicalize(record as JsonValue)))}`;
  } catch (error) {
    if (!(error instanceof ZegelError)) throw error;
    problems.push(`the record has no canonical JSON: ${error.message}`);
    return '';
  }
}
