import { elementsOf, type SourceFormat } from './elements.ts';
import { isBlank, type Layout, LayoutScan } from './layout.ts';
import { DEFAULT_LIMITS, type ReadLimits, sizeText } from './limits.ts';
import { splitLines } from './lines.ts';
import { parseJson } from './parse-json.ts';
import { plainBytes } from './plain-bytes.ts';
import { UnreadableError } from './unreadable.ts';

/** How a file is read. */
export interface ReadOptions {
  readonly format: SourceFormat;
  /** The file's name. `.ndjson` and `.jsonl` (also with `.gz`) are read as lines, whatever is in them. */
  readonly name: string;
  readonly limits?: Partial<ReadLimits>;
}

/** A record of the file, not yet looked at. */
export interface ReadRecord {
  readonly kind: 'record';
  readonly record: unknown;
  /** Line of the file, from 1, where the file is read as lines. */
  readonly line?: number;
  /** Place in the list or Bundle that held it, from 1. */
  readonly item?: number;
  /** FHIR: `fullUrl` of the Bundle entry. */
  readonly fullUrl?: string;
}

/** A part of the file that is no record. `reason` is one line and quotes nothing of the input. */
export interface ReadError {
  readonly kind: 'error';
  readonly reason: string;
  readonly line?: number;
}

type Read = ReadRecord | ReadError;
type Bytes = AsyncIterable<Uint8Array>;

const LINES_BY_NAME = /\.(ndjson|jsonl)(\.gz)?$/i;

/**
 * Reads the records of one file, as it streams: a single JSON record, a JSON list, CloudTrail's
 * `Records`, a FHIR Bundle, or NDJSON of any of these, plain or gzip, UTF-8 with or without a byte
 * order mark. A JSON document is taken whole or not at all; of NDJSON only bad lines are lost, and of a
 * truncated gzip only what comes after the last whole line. Memory: one document or one line.
 *
 * Errors of `source` itself (a disk, a network) are thrown as they come; everything about its
 * content is yielded, one error for a bad file or line.
 */
export async function* readRecords(source: Bytes, options: ReadOptions): AsyncGenerator<Read> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const brokenIn: { line?: number } = {};
  const bytes = withoutMark(plainBytes(source, limits));
  try {
    const { head, layout, rest } = await laidOut(bytes, options.name, limits);
    const whole = joined(head, rest);
    if (layout === 'document') yield* readDocument(await gathered(whole, limits), options.format, limits);
    else yield* readLines(whole, options.format, limits, brokenIn);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    yield { kind: 'error', reason: error.message, ...brokenIn };
  } finally {
    // Closes the source also when the reading of it ended early.
    await bytes.return(undefined);
  }
}

interface LaidOut {
  readonly head: readonly Uint8Array[];
  readonly layout: Layout;
  readonly rest: AsyncGenerator<Uint8Array>;
}

/** Reads as far as the layout needs, at most a document's length. */
async function laidOut(rest: AsyncGenerator<Uint8Array>, name: string, limits: ReadLimits): Promise<LaidOut> {
  if (LINES_BY_NAME.test(name)) return { head: [], layout: 'lines', rest };
  const scan = new LayoutScan(limits.depth);
  const head: Uint8Array[] = [];
  let length = 0;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) {
    head.push(next.value);
    length += next.value.length;
    const layout = scan.feed(next.value);
    if (layout !== undefined) return { head, layout, rest };
    if (length > limits.documentBytes) throw tooLong(limits);
  }
  return { head, layout: 'document', rest };
}

async function* joined(head: readonly Uint8Array[], rest: Bytes): AsyncGenerator<Uint8Array> {
  yield* head;
  yield* rest;
}

async function gathered(source: Bytes, limits: ReadLimits): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > limits.documentBytes) throw tooLong(limits);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLong(limits: ReadLimits): UnreadableError {
  return new UnreadableError(`a document of more than ${sizeText(limits.documentBytes)}`);
}

function* readDocument(bytes: Uint8Array, format: SourceFormat, limits: ReadLimits): Generator<Read> {
  if (bytes.every(isBlank)) yield { kind: 'error', reason: 'empty file' };
  else yield* readValue(bytes, format, limits, {});
}

async function* readLines(
  source: Bytes,
  format: SourceFormat,
  limits: ReadLimits,
  brokenIn: { line?: number },
): AsyncGenerator<Read> {
  let isEmpty = true;
  const onBroken = (line: number): void => {
    brokenIn.line = line;
  };
  for await (const { number, bytes } of splitLines(source, limits.lineBytes, onBroken)) {
    isEmpty = false;
    if (bytes === undefined)
      yield { kind: 'error', reason: `a line of more than ${sizeText(limits.lineBytes)}`, line: number };
    else yield* readValue(bytes, format, limits, { line: number });
  }
  if (isEmpty) yield { kind: 'error', reason: 'empty file' };
}

function* readValue(
  bytes: Uint8Array,
  format: SourceFormat,
  limits: ReadLimits,
  place: { readonly line?: number },
): Generator<Read> {
  const parsed = parseJson(bytes, limits);
  if (parsed.kind === 'bad') {
    yield { kind: 'error', reason: parsed.reason, ...place };
    return;
  }
  for (const { error, ...element } of elementsOf(parsed.value, format)) {
    if (error === undefined) yield { kind: 'record', ...element, ...place };
    else yield { kind: 'error', reason: itemReason(element.item, error), ...place };
  }
}

/** A reason with the place in its list before it, where there is one. */
export function itemReason(item: number | undefined, reason: string): string {
  return item === undefined ? reason : `record ${item}: ${reason}`;
}

const MARK = [0xef, 0xbb, 0xbf];

/** Takes the UTF-8 byte order mark off the start: RFC 8259 §8.1 lets a reader ignore it. */
async function* withoutMark(source: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Uint8Array = new Uint8Array();
  for await (const chunk of source) {
    if (head.length >= MARK.length) {
      yield chunk;
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length >= MARK.length) yield unmarked(head);
  }
  if (head.length < MARK.length && head.length > 0) yield head;
}

function unmarked(head: Uint8Array): Uint8Array {
  return MARK.every((byte, place) => head[place] === byte) ? head.subarray(MARK.length) : head;
}
