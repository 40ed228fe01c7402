import { DEFAULT_LIMITS, hasDuplicateKey, parseJson } from '@zegel/interop';

/** Bytes of one line: an event with the most subjects there may be fits well. */
export const MOST_LINE_BYTES: number = 64 * 1024 * 1024;

/** What a line of NDJSON holds, or why it holds no event. Reasons quote nothing of the line. */
export type ParsedLine =
  | { readonly ok: true; readonly event: unknown; readonly bytes: number }
  | { readonly ok: false; readonly reason: string };

/** Reads one line; undefined bytes: it was longer than {@link MOST_LINE_BYTES}. */
export function parseLine(bytes: Uint8Array | undefined): ParsedLine {
  if (bytes === undefined) return { ok: false, reason: 'a line of more than 64 MiB' };
  const parsed = parseJson(bytes, DEFAULT_LIMITS);
  if (parsed.kind === 'bad') return { ok: false, reason: parsed.reason };
  if (hasDuplicateKey(Buffer.from(bytes).toString()))
    return { ok: false, reason: 'a key occurs twice in one object' };
  return { ok: true, event: parsed.value, bytes: bytes.length };
}
