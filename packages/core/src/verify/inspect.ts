import { isAscii, isUtf8 } from 'node:buffer';
import { encodeBase64url } from '../base64url.ts';
import { sha256Base64url } from '../crypto.ts';
import { checkEntry } from '../entry/kind-table.ts';
import { MAX_ENTRY_BYTES } from '../entry/kinds.ts';
import { isObject } from '../entry/object-check.ts';
import { problemText } from '../entry/problem.ts';
import { parseTime } from '../entry/time.ts';
import type { AccessEntry, Entry } from '../entry/types.ts';
import type { Inspection, InspectionProblem, PartialInspection, PrunedLeaf } from './inspection.ts';
import { partMark } from './sameness.ts';
import { AccessScanner } from './scan-access.ts';

// RFC 6962 §2.1: the leaf hash is over 0x00 and the entry.
const scratch = Buffer.alloc(1 + MAX_ENTRY_BYTES);
/** At most three bytes per character: shorter entries are within the limit whatever their index. */
export const SHORT = 16_384;
const scanner = new AccessScanner();
const HASH_TEXT = 43;
const ID_TEXT = 36;
const NO_PROBLEMS: readonly InspectionProblem[] = Object.freeze([]);
const NOT_CANONICAL = 'not JSON in canonical form (RFC 8785)';

/**
 * Checks one entry by itself: leaf hash, canonical form, closed keys and values of its kind, size
 * (format v1 §1 and §5). Never throws. Without `storedLeaf` the computed leaf hash stands.
 *
 * @param storedLeaf 32 bytes
 */
export function inspectEntry(bytes: Uint8Array, storedLeaf?: Uint8Array): Inspection {
  const input = leafInput(bytes);
  const computed = sha256Base64url(input);
  const leaf = storedLeaf === undefined ? computed : encodeBase64url(storedLeaf);
  if (bytes.length > SHORT || !scanner.scan(input, 1, input.length))
    return inspectLong(input, computed, leaf);
  const { scope, index, occurred, recorded } = scanner;
  const prev = input.toString('latin1', scanner.prevAt, scanner.prevAt + HASH_TEXT);
  const id = input.toString('latin1', scanner.idAt, scanner.idAt + ID_TEXT);
  const problems = leafProblems(computed, leaf);
  const access = { kind: 'access', leaf, problems, scope, index, prev, id, occurred, recorded } as const;
  if (scanner.sourceFrom === 0) return access;
  const source = { id: input.toString('latin1', scanner.sourceFrom, scanner.sourceTo), seq: scanner.seq };
  return { ...access, source };
}

/** The bytes that the leaf hash is over, in a buffer that the next call overwrites. */
export function leafInput(bytes: Uint8Array): Buffer {
  const fits = bytes.length <= MAX_ENTRY_BYTES;
  const input = fits ? scratch.subarray(0, bytes.length + 1) : Buffer.alloc(bytes.length + 1);
  input.set(bytes, 1);
  return input;
}

/**
 * Inspects an entry by parsing it.
 *
 * @param input as from {@link leafInput}; @param computed its hash; @param leaf the hash that stands
 */
export function inspectLong(input: Buffer, computed: string, leaf: string): Inspection {
  const problems = leafProblems(computed, leaf);
  if (input.length > 1 + MAX_ENTRY_BYTES)
    return partial(leaf, problems, 'malformed', `more than ${MAX_ENTRY_BYTES} bytes`, undefined);
  const text = decode(input);
  if (text === undefined) return partial(leaf, problems, 'not-canonical', 'not valid UTF-8', undefined);
  return inspectText(text, leaf, problems);
}

function leafProblems(computed: string, leaf: string): readonly InspectionProblem[] {
  if (leaf === computed) return NO_PROBLEMS;
  return [{ code: 'leaf-hash', message: 'leaf hash is not that of the body' }];
}

/** A leaf without its body. @param storedLeaf 32 bytes */
export function prunedLeaf(storedLeaf: Uint8Array): PrunedLeaf {
  return { kind: 'pruned', leaf: encodeBase64url(storedLeaf) };
}

function inspectText(text: string, leaf: string, problems: readonly InspectionProblem[]): Inspection {
  const value = parse(text);
  if (!isObject(value)) return partial(leaf, problems, 'not-canonical', NOT_CANONICAL, value);
  // §1: an unknown version is checked as bytes and chain, and reported.
  const version = value['v'];
  if (version !== 1 && Number.isSafeInteger(version)) {
    return partial(leaf, problems, 'unknown-version', 'of a format version unknown here', value);
  }
  const problem = checkEntry(value);
  if (problem !== undefined) return partial(leaf, problems, problem.code, problemText(problem), value);
  // The keys are in order and the strings well-formed, so that JSON.stringify writes what RFC 8785 does.
  if (JSON.stringify(value) !== text) return partial(leaf, problems, 'not-canonical', NOT_CANONICAL, value);
  const entry = value as unknown as Entry;
  if (!fitsSealed(text, entry))
    return partial(leaf, problems, 'malformed', 'too large at a 16-digit index', value);
  return sound(entry, leaf, problems);
}

function sound(entry: Entry, leaf: string, problems: readonly InspectionProblem[]): Inspection {
  const { index, prev, id } = entry;
  const recorded = parseTime(entry.recorded) ?? 0;
  const occurred = entry.occurred === entry.recorded ? recorded : (parseTime(entry.occurred) ?? 0);
  const placed = { leaf, problems, index, prev, id, occurred, recorded };
  const more =
    entry.source === undefined && entry.part === undefined ? placed : { ...placed, ...marks(entry) };
  return entry.kind === 'access'
    ? { kind: 'access', scope: scopeText(entry), ...more }
    : { kind: 'control', entry, ...more };
}

function marks(entry: Entry): Pick<Inspection & { kind: 'access' }, 'source' | 'part'> {
  const { source, part } = entry;
  return {
    ...(source !== undefined && { source }),
    ...(part !== undefined && { part: partMark(entry, part) }),
  };
}

function scopeText({ activity, action, actor, recipient, fields }: AccessEntry): string {
  return `${activity} ${action} ${actor.role ?? ''} ${recipient ?? ''} ${fields.join(' ')}`;
}

// §1: the size counts index with 16 digits, and control.index too, which grows with it.
function fitsSealed(text: string, entry: Entry): boolean {
  if (text.length <= SHORT) return true;
  const control = 'control' in entry ? 16 - String(entry.control.index).length : 0;
  return Buffer.byteLength(text) + control + 16 - String(entry.index).length <= MAX_ENTRY_BYTES;
}

// What `v index prev id kind recorded` mean holds for every version (§1).
function partial(
  leaf: string,
  problems: readonly InspectionProblem[],
  code: InspectionProblem['code'],
  message: string,
  value: unknown,
): PartialInspection {
  const all = [...problems, { code, message }];
  if (!isObject(value)) return { kind: 'partial', leaf, problems: all };
  const { index, prev, id, recorded: time } = value;
  const recorded = typeof time === 'string' ? parseTime(time) : undefined;
  return {
    kind: 'partial',
    leaf,
    problems: all,
    ...(Number.isSafeInteger(index) && { index: index as number }),
    ...(typeof prev === 'string' && { prev }),
    ...(typeof id === 'string' && { id }),
    ...(recorded !== undefined && { recorded }),
  };
}

function decode(input: Buffer): string | undefined {
  const body = input.subarray(1);
  if (isAscii(body)) return body.toString('latin1');
  return isUtf8(body) ? body.toString('utf8') : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: an answer about the entry, given as a finding.
    return undefined;
  }
}
