import { canonicalize } from '../canonical.ts';
import { ZegelError } from '../errors.ts';
import { FormatError } from '../format-error.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { checkEntry } from './kind-table.ts';
import { type EntryKind, MAX_ENTRY_BYTES } from './kinds.ts';
import { problemText } from './problem.ts';
import type { ControlLink, EntryFields } from './types.ts';

/** What is wrong with an entry that somebody wants to write. */
export type EntryErrorCode = 'BAD_ENTRY' | 'TOO_LARGE';

/** An entry that the format refuses; nothing was written. `path` says where; values are never quoted. */
export class EntryError extends ZegelError {
  override readonly name = 'EntryError';
  readonly code: EntryErrorCode;
  readonly path: string;

  constructor(code: EntryErrorCode, message: string, path = '', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.path = path;
  }
}

/**
 * The canonical text of an entry cut at what only the commit knows, in the order in which
 * canonical JSON has the keys: control, index, prev, recorded. Each text ends where the next
 * value begins. Plain data, made to be posted between threads.
 */
export interface EntryDraft {
  readonly kind: EntryKind;
  /** Up to and with `"control":`; undefined for the kinds without it (access, genesis). */
  readonly toControl: string | undefined;
  /** Up to and with `"index":`. */
  readonly toIndex: string;
  /** Up to and with `"prev":"`. */
  readonly toPrev: string;
  /** From the quote that ends prev up to and with `"recorded":"`. */
  readonly toRecorded: string;
  /** From the quote that ends recorded to the end. */
  readonly toEnd: string;
  /** Bytes of the sealed entry at most: `index` and `control.index` counted with 16 digits. */
  readonly byteLength: number;
}

/** What only the commit knows: `prev` is 43 characters of base64url, `recorded` the time's text. */
export interface EntryFill {
  readonly index: number;
  readonly prev: string;
  readonly recorded: string;
  /** Needed by every kind but access and genesis. */
  readonly control?: ControlLink;
}

const DIGITS = 16;
/** Bytes of prev (43) and recorded (24), and of index with 16 digits. */
export const FILL_BYTES: number = DIGITS + 43 + 24;
const CONTROL_BYTES = '{"index":,"leaf":""}'.length + DIGITS + 43;

// Stands in for the unknown while the rest is checked; indexes must allow every reference backwards.
const ANY_HASH = 'A'.repeat(43);
const STAND_IN = { index: Number.MAX_SAFE_INTEGER, prev: ANY_HASH, recorded: '1970-01-01T00:00:00.000Z' };
const STAND_IN_CONTROL = { control: { index: 0, leaf: ANY_HASH } };

/**
 * Checks the complete fields of an entry (all but `index`, `prev`, `recorded`, `control`) against
 * its kind and makes its draft. Keys may come in any order.
 *
 * @throws EntryError BAD_ENTRY with the first problem and where it is; TOO_LARGE when the entry
 *   would exceed 65,535 bytes (format v1 §1)
 */
export function draftEntry(fields: EntryFields): EntryDraft {
  const { kind } = fields;
  const free = kind === 'access' || kind === 'genesis';
  const index = kind === 'genesis' ? 0 : STAND_IN.index;
  const whole = { ...fields, ...STAND_IN, ...(free ? {} : STAND_IN_CONTROL), index };
  const text = canonicalText(whole as unknown as JsonValue);
  const problem = checkEntry(JSON.parse(text));
  if (problem !== undefined) throw new EntryError('BAD_ENTRY', problemText(problem), problem.path);
  return checkSize(cut(kind, whole as unknown as JsonObject));
}

/** Splices what the commit knows into a draft: the exact text of the entry. */
export function sealEntry(draft: EntryDraft, fill: EntryFill): string {
  const entry = `${draft.toIndex}${fill.index}${draft.toPrev}${fill.prev}${draft.toRecorded}${fill.recorded}${draft.toEnd}`;
  if (draft.toControl === undefined) return entry;
  const { control } = fill;
  if (control === undefined)
    throw new EntryError('BAD_ENTRY', 'lacks the link of the control chain', 'control');
  return `${draft.toControl}{"index":${control.index},"leaf":"${control.leaf}"}${entry}`;
}

/** @throws EntryError TOO_LARGE */
export function checkSize(draft: EntryDraft): EntryDraft {
  if (draft.byteLength <= MAX_ENTRY_BYTES) return draft;
  throw new EntryError('TOO_LARGE', `the entry would have ${draft.byteLength} bytes; ${MAX_ENTRY_BYTES} fit`);
}

function canonicalText(value: JsonValue): string {
  try {
    return canonicalize(value);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new EntryError('BAD_ENTRY', error.message, '', error);
  }
}

function cut(kind: EntryKind, whole: JsonObject): EntryDraft {
  const pieces: string[] = [];
  let text = '{';
  let separator = '';
  for (const key of Object.keys(whole).sort()) {
    text += `${separator}"${key}":`;
    separator = ',';
    if (key === 'control' || key === 'index') {
      pieces.push(text);
      text = '';
    } else if (key === 'prev' || key === 'recorded') {
      pieces.push(`${text}"`);
      text = '"';
    } else {
      text += canonicalize(whole[key] as JsonValue);
    }
  }
  pieces.push(`${text}}`);
  const [toEnd, toRecorded, toPrev, toIndex, toControl] = pieces.toReversed() as [
    string,
    string,
    string,
    string,
    string?,
  ];
  const fill = FILL_BYTES + (toControl === undefined ? 0 : CONTROL_BYTES);
  return {
    kind,
    toControl,
    toIndex,
    toPrev,
    toRecorded,
    toEnd,
    byteLength: Buffer.byteLength(pieces.join('')) + fill,
  };
}
