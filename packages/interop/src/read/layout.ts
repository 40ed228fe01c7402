/** Whether a file is one JSON document or a JSON value a line (NDJSON). */
export type Layout = 'document' | 'lines';

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const BOM = [0xef, 0xbb, 0xbf];

/**
 * Tells the layout from the first line that is not blank and the first byte after it, so that a bad
 * first line loses no other line. Feed it until it answers; a file that ends before is a document.
 *
 * - A first line that is a whole value, with something after it: lines.
 * - One that is not, and the next line starts an object where none may stand: lines, the first one bad.
 *   After a colon an object may stand, so that there the line after that one decides.
 * - Everything else: a document.
 */
export class LayoutScan {
  readonly #maxDepth: number;
  #place: 'before' | 'within' | 'after' = 'before';
  #isList: boolean[] = [];
  #inString = false;
  #escaped = false;
  /** Something that no whole object or list can have: other bytes around it, brackets that do not match, too deep. */
  #isBroken = false;
  #opened = false;
  /** The line scanned follows one that ended in a colon. */
  #isSecond = false;
  #last = 0;

  constructor(maxDepth: number) {
    this.#maxDepth = maxDepth;
  }

  feed(chunk: Uint8Array): Layout | undefined {
    for (const byte of chunk) {
      if (this.#place === 'after') {
        if (isBlank(byte)) continue;
        const layout = this.#decide(byte);
        if (layout !== undefined) return layout;
        this.#place = 'within';
        this.#step(byte);
      } else if (byte === NEWLINE) {
        if (this.#place === 'within') this.#place = 'after';
      } else if (this.#place === 'within' || !(isBlank(byte) || BOM.includes(byte))) {
        this.#place = 'within';
        this.#step(byte);
      }
    }
    return undefined;
  }

  #decide(next: number): Layout | undefined {
    const isWhole = this.#opened && this.#isList.length === 0 && !this.#isBroken && !this.#inString;
    if (isWhole && !this.#isSecond) return 'lines';
    if (next !== OPEN_OBJECT) return 'document';
    if (!this.#mayOpen()) return 'lines';
    if (this.#isSecond || this.#last !== COLON) return 'document';
    this.#isSecond = true;
    return undefined;
  }

  // After `[`, `:`, and a comma in a list an object may follow on the next line.
  #mayOpen(): boolean {
    if (this.#isBroken || this.#inString) return false;
    return (
      this.#last === OPEN_LIST ||
      this.#last === COLON ||
      (this.#last === COMMA && this.#isList.at(-1) === true)
    );
  }

  #step(byte: number): void {
    if (this.#inString) return this.#stepInString(byte);
    if (isBlank(byte)) return;
    this.#last = byte;
    if (this.#opened && this.#isList.length === 0) this.#isBroken = true;
    if (byte === OPEN_LIST || byte === OPEN_OBJECT) this.#open(byte === OPEN_LIST);
    else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) this.#close(byte === CLOSE_LIST);
    else if (this.#isList.length === 0) this.#isBroken = true;
    else if (byte === QUOTE) this.#inString = true;
  }

  #stepInString(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) this.#inString = false;
  }

  #open(isList: boolean): void {
    this.#opened = true;
    if (this.#isList.length >= this.#maxDepth) this.#isBroken = true;
    else this.#isList.push(isList);
  }

  #close(isList: boolean): void {
    if (this.#isList.pop() !== isList) this.#isBroken = true;
  }
}

/** White space of JSON (RFC 8259 §2). */
export function isBlank(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
