import { FormatError } from './format-error.ts';
import type { JsonObject, JsonValue } from './json.ts';
import { decodeUtf8 } from './utf8.ts';

/** Deepest nesting that is read or written. Entries allow 8 (format v1 §1); nobody needs this many. */
export const MAX_JSON_DEPTH = 128;

/**
 * The canonical text of a JSON value (RFC 8785): keys sorted by UTF-16 code units, numbers as
 * ECMAScript writes them, no white space.
 *
 * @throws FormatError NOT_JSON on what JSON can't hold: undefined, NaN, infinities, lone
 *   surrogates, functions, class instances, nesting (or a cycle) beyond {@link MAX_JSON_DEPTH}
 */
export function canonicalize(value: JsonValue): string {
  return write(value, MAX_JSON_DEPTH);
}

/**
 * Reads a JSON value from the only bytes it may have: the UTF-8 of its canonical form (RFC 8785).
 * What it returns gives the same bytes again through {@link canonicalize}.
 *
 * @throws FormatError NOT_CANONICAL on everything else, with the reason in the message
 */
export function parseCanonical(bytes: Uint8Array): JsonValue {
  let text: string;
  let value: JsonValue;
  try {
    text = decodeUtf8(bytes);
    value = JSON.parse(text) as JsonValue;
  } catch (cause) {
    throw new FormatError('NOT_CANONICAL', 'not JSON in UTF-8', cause);
  }
  if (!isCanonical(value, text)) throw new FormatError('NOT_CANONICAL', 'not in canonical form (RFC 8785)');
  return value;
}

// JSON.stringify differs from RFC 8785 in the order of keys and in writing lone surrogates as escapes only, so
// that it can judge the usual text, in native code. What it can't judge is written out and compared.
function isCanonical(value: JsonValue, text: string): boolean {
  if (isOrdered(value, MAX_JSON_DEPTH) && !text.includes('\\ud')) return JSON.stringify(value) === text;
  try {
    return canonicalize(value) === text;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

// Objects put keys that look like array indexes first, whatever their order in the text; then this is false.
function isOrdered(value: JsonValue, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (isArray(value)) {
    for (const item of value) if (!isOrdered(item, depth - 1)) return false;
    return true;
  }
  let before: string | undefined;
  for (const key of Object.keys(value)) {
    if (before !== undefined && before >= key) return false;
    before = key;
    if (!isOrdered(member(value, key), depth - 1)) return false;
  }
  return true;
}

function write(value: JsonValue, depth: number): string {
  switch (typeof value) {
    case 'string':
      return writeString(value);
    case 'number':
      return writeNumber(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      break;
    default:
      throw new FormatError('NOT_JSON', `JSON has no ${typeof value}`);
  }
  if (value === null) return 'null';
  if (depth === 0) throw new FormatError('NOT_JSON', `nested deeper than ${MAX_JSON_DEPTH}`);
  return isArray(value) ? writeArray(value, depth - 1) : writeObject(value, depth - 1);
}

// RFC 8785 §3.2.2.2: lone surrogates have no UTF-8 and end the process with an error.
function writeString(text: string): string {
  if (isPlain(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new FormatError('NOT_JSON', 'not well-formed Unicode');
  return JSON.stringify(text);
}

// Most strings are short and need no escape; seeing that here takes a third of what JSON.stringify takes per call.
function isPlain(text: string): boolean {
  if (text.length > 64) return false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e || unit === 0x22 || unit === 0x5c) return false;
  }
  return true;
}

// RFC 8785 §3.2.2.3: as ECMAScript's Number::toString does, which also writes -0 as 0.
function writeNumber(number: number): string {
  if (!Number.isFinite(number)) throw new FormatError('NOT_JSON', `JSON has no ${number}`);
  return String(number);
}

function writeArray(items: readonly JsonValue[], depth: number): string {
  let text = '[';
  for (let i = 0; i < items.length; i++) {
    if (i > 0) text += ',';
    text += write(items[i] as JsonValue, depth);
  }
  return `${text}]`;
}

function writeObject(object: JsonObject, depth: number): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype !== Object.prototype && prototype !== null)
    throw new FormatError('NOT_JSON', 'not a plain object');
  let text = '{';
  for (const key of sortedKeys(object)) {
    if (text.length > 1) text += ',';
    text += `${writeString(key)}:${write(member(object, key), depth)}`;
  }
  return `${text}}`;
}

// RFC 8785 §3.2.3: sort() and >= compare UTF-16 code units, as the clause wants.
function sortedKeys(object: JsonObject): string[] {
  const keys = Object.keys(object);
  return keys.some((key, i) => i > 0 && (keys[i - 1] ?? '') >= key) ? keys.sort() : keys;
}

// Own keys only come here, so that the value is there; a hole typed as a value fails in write().
function member(object: JsonObject, key: string): JsonValue {
  return object[key] as JsonValue;
}

function isArray(value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] {
  return Array.isArray(value);
}
