import { canonicalize, type JsonValue, sha256Base64url, ZegelError } from '@zegel/core';
import { isId } from './names.ts';
import type { Problems } from './outcome.ts';

/**
 * The canonical text (RFC 8785) of a record. Undefined, with the problem told, where it has none: text
 * that is not well-formed Unicode, a number beyond a double, nesting too deep. Whoever mapped around such
 * a value would leave out a name.
 */
export function canonicalRecord(record: unknown, problems: Problems): string | undefined {
  try {
    // What JSON.parse returned is a JsonValue; canonicalize checks what is left to doubt.
    return canonicalize(record as JsonValue);
  } catch (error) {
    if (!(error instanceof ZegelError)) throw error;
    problems.push(`the record has no canonical JSON: ${error.message}`);
    return undefined;
  }
}

/**
 * The id under which a record is imported once: the source's own where there is one that fits, else
 * `sha256:` and the b64 SHA-256 of the record's canonical text, so that white space and the order of
 * keys make no new record.
 */
export function recordId(own: string | undefined, canonical: string): string {
  return own !== undefined && isId(own) ? own : `sha256:${sha256Base64url(Buffer.from(canonical))}`;
}
