import type { ReadLimits } from './limits.ts';

/** A JSON value, or why the bytes are none. The reason quotes nothing of the input. */
export type Parsed =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'bad'; readonly reason: string };

// A mark at the start of the file is taken off before; in the middle of one it is a character like others.
const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads one JSON value (RFC 8259) from bytes that must be UTF-8 and nested within the limit. */
export function parseJson(bytes: Uint8Array, limits: ReadLimits): Parsed {
  let text: string;
  try {
    text = UTF8.decode(bytes);
  } catch {
    return bad(isUtf16(bytes) ? 'UTF-16, not UTF-8' : 'not UTF-8');
  }
  if (isDeeperThan(text, limits.depth)) return bad(`nested deeper than ${limits.depth}`);
  try {
    return { kind: 'value', value: JSON.parse(text) as unknown };
  } catch (error) {
    return bad(syntaxReason(text, error));
  }
}

function bad(reason: string): Parsed {
  return { kind: 'bad', reason };
}

// The engine's own message quotes the input, where somebody's name may stand; its position does not.
function syntaxReason(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (text.trimStart().startsWith('<')) return 'XML or HTML, not JSON';
  if (/end of JSON input|Unterminated string/.test(message)) return 'truncated JSON';
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? 'malformed JSON' : `malformed JSON at character ${Number(position) + 1}`;
}

function isUtf16(bytes: Uint8Array): boolean {
  return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside strings. Malformed text may give any answer: the parser will refuse it. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at++;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      if (++depth > limit) return true;
    } else if (code === 0x5d || code === 0x7d) depth--;
  }
  return false;
}
