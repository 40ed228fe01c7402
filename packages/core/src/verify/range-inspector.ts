import { encodeBase64url } from '../base64url.ts';
import { sha256Base64url } from '../crypto.ts';
import type { AccessRun, RunSource } from './access-run.ts';
import { idBytes } from './ids.ts';
import { inspectLong, leafInput, prunedLeaf, SHORT } from './inspect.ts';
import type { AccessInspection, Inspection, PrunedLeaf } from './inspection.ts';
import { AccessScanner } from './scan-access.ts';
import { uuidBytes } from './scan-text.ts';

/** What the entries of a range are, one after another. */
export type Inspected = AccessRun | Inspection | PrunedLeaf;

const LEAF = 32;
const ID = 16;
const HASH_TEXT = 43;
const MOST = 2048;

/** Inspects entries as {@link inspectEntry} does, and gathers those that need no more than a look at their neighbours in runs. */
export class RangeInspector {
  readonly #scanner = new AccessScanner();
  readonly #leaves = new Uint8Array(MOST * LEAF);
  readonly #ids = new Uint8Array(MOST * ID);
  #done: Inspected[] = [];
  #before = 0;
  // The run under way.
  #count = 0;
  #stored = 0;
  #index = 0;
  #prev = '';
  #last = '';
  #from = 0;
  #to = 0;
  #late = 0;
  #scope = '';
  #scopes = new Set<string>();
  #sources: RunSource[] = [];

  /** Entries fed since the last {@link RangeInspector.take}. */
  get count(): number {
    return this.#before + this.#count;
  }

  /**
   * Feeds the next entry.
   *
   * @param stored index that the store gives it; @param bytes undefined where the body is missing; @param leafHash 32 bytes, as stored
   */
  next(stored: number, bytes: Uint8Array | undefined, leafHash: Uint8Array): void {
    if (bytes === undefined) {
      this.#single(prunedLeaf(leafHash));
      return;
    }
    const input = leafInput(bytes);
    const computed = sha256Base64url(input);
    const leaf = encodeBase64url(leafHash);
    const scanner = this.#scanner;
    if (leaf === computed && bytes.length <= SHORT && scanner.scan(input, 1, input.length)) {
      this.#access(stored, input, leaf, leafHash);
      return;
    }
    const item = inspectLong(input, computed, leaf);
    if (item.kind === 'access' && item.part === undefined && item.problems.length === 0)
      this.#inspected(stored, item, leafHash);
    else this.#single(item);
  }

  /** What was fed, in order; the next entry starts anew. */
  take(): readonly Inspected[] {
    this.#close();
    const done = this.#done;
    this.#done = [];
    this.#before = 0;
    return done;
  }

  // What the scanner has just read.
  #access(stored: number, input: Uint8Array, leaf: string, leafHash: Uint8Array): void {
    const { index, prevAt, occurred, recorded, scope, sourceFrom, sourceTo, seq } = this.#scanner;
    if (!this.#follows(stored, index, recorded) || !isText(input, prevAt, this.#last)) {
      this.#open(stored, index, latin1(input, prevAt, prevAt + HASH_TEXT), recorded);
    }
    uuidBytes(input, this.#scanner.idAt, this.#ids, this.#count * ID);
    if (sourceFrom > 0) this.#sources.push({ id: latin1(input, sourceFrom, sourceTo), seq, at: this.#count });
    this.#add(leaf, leafHash, occurred - recorded, recorded, scope);
  }

  #inspected(stored: number, item: AccessInspection, leafHash: Uint8Array): void {
    const { index, prev, recorded, source } = item;
    if (!this.#follows(stored, index, recorded) || prev !== this.#last)
      this.#open(stored, index, prev, recorded);
    this.#ids.set(idBytes(item.id), this.#count * ID);
    if (source !== undefined) this.#sources.push({ ...source, at: this.#count });
    this.#add(item.leaf, leafHash, item.occurred - recorded, recorded, item.scope);
  }

  #follows(stored: number, index: number, recorded: number): boolean {
    const count = this.#count;
    return (
      count > 0 &&
      count < MOST &&
      stored === this.#stored + count &&
      index === this.#index + count &&
      recorded >= this.#to
    );
  }

  #open(stored: number, index: number, prev: string, recorded: number): void {
    this.#close();
    this.#stored = stored;
    this.#index = index;
    this.#prev = prev;
    this.#from = recorded;
    this.#late = Number.NEGATIVE_INFINITY;
  }

  #add(leaf: string, leafHash: Uint8Array, late: number, recorded: number, scope: string): void {
    this.#leaves.set(leafHash, this.#count * LEAF);
    this.#last = leaf;
    this.#to = recorded;
    if (late > this.#late) this.#late = late;
    if (scope !== this.#scope || this.#count === 0) {
      this.#scopes.add(scope);
      this.#scope = scope;
    }
    this.#count++;
  }

  #single(item: Inspection | PrunedLeaf): void {
    this.#close();
    this.#done.push(item);
    this.#before++;
  }

  #close(): void {
    const count = this.#count;
    if (count === 0) return;
    this.#done.push({
      kind: 'run',
      count,
      stored: this.#stored,
      index: this.#index,
      prev: this.#prev,
      from: this.#from,
      to: this.#to,
      late: this.#late,
      leaves: this.#leaves.slice(0, count * LEAF),
      ids: this.#ids.slice(0, count * ID),
      scopes: [...this.#scopes],
      sources: this.#sources,
    });
    this.#before += count;
    this.#count = 0;
    this.#scopes = new Set();
    this.#sources = [];
  }
}

function isText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return text.length === HASH_TEXT;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}
