import { appendFileSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckRecord } from './integrity-state.ts';
import { clears } from './record.ts';

const FILE = 'history.jsonl';
const MODE = 0o600;
/** Bytes above which it is made half as long. */
const MOST_BYTES = 2 * 1024 * 1024;
/** Rounds alike have one record an hour. */
const HOUR = 3_600_000;

/** The checks that were done, oldest first: a file of JSON lines that outlives the process. */
export class History {
  readonly #path: string;
  readonly #most: number;
  #records: CheckRecord[];
  /** Good rounds since the last record. */
  #like = 0;

  /** Reads the file; lines that are no records are told of and otherwise passed over. */
  constructor(dir: string, onProblem: (text: string) => void, most: number = MOST_BYTES) {
    this.#path = join(dir, FILE);
    this.#most = most;
    const text = existsSync(this.#path) ? readFileSync(this.#path, 'utf8') : '';
    const lines = text.split('\n').filter((line) => line !== '');
    this.#records = lines.flatMap((line) => parse(line) ?? []);
    const lost = lines.length - this.#records.length;
    if (lost > 0) onProblem(`${lost} lines of the history of checks can't be read: ${this.#path}`);
    // A line cut short by a crash must not swallow the next.
    if (text !== '' && !text.endsWith('\n')) appendFileSync(this.#path, '\n');
  }

  get records(): readonly CheckRecord[] {
    return this.#records;
  }

  /** The newest record that `fits`. */
  last(fits: (record: CheckRecord) => boolean = () => true): CheckRecord | undefined {
    return this.#records.findLast(fits);
  }

  /** Notes a check. Good rounds after a good check are counted, and noted once an hour. */
  add(record: CheckRecord): void {
    const before = this.#records.at(-1);
    if (record.kind === 'round' && record.result === 'good' && before?.result === 'good') {
      if (Date.parse(record.at) - Date.parse(before.at) < HOUR) {
        this.#like++;
        return;
      }
    }
    const noted = this.#like > 0 ? { ...record, like: this.#like } : record;
    this.#like = 0;
    this.#records.push(noted);
    appendFileSync(this.#path, `${JSON.stringify(noted)}\n`, { mode: MODE });
    if (statSync(this.#path).size > this.#most) this.#shorten();
  }

  /** The oldest go first, but failures last of all, and never what cleared them. */
  #shorten(): void {
    const cleared = this.#records.findLast(clears);
    let records: readonly CheckRecord[] = this.#records;
    for (const isKept of [(one: CheckRecord) => one === cleared || one.result === 'failed', () => false])
      while (bytesOf(records) > this.#most / 2 && !records.every(isKept)) records = fewer(records, isKept);
    writeFileSync(`${this.#path}.new`, linesOf(records), { mode: MODE });
    renameSync(`${this.#path}.new`, this.#path);
    this.#records = [...records];
  }
}

/** Without the oldest eighth of those that need not be kept. */
function fewer(
  records: readonly CheckRecord[],
  isKept: (record: CheckRecord) => boolean,
): readonly CheckRecord[] {
  const going = records.filter((record) => !isKept(record));
  const gone = new Set(going.slice(0, Math.ceil(going.length / 8)));
  return records.filter((record) => !gone.has(record));
}

function linesOf(records: readonly CheckRecord[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

function bytesOf(records: readonly CheckRecord[]): number {
  return Buffer.byteLength(linesOf(records));
}

const RESULTS: readonly unknown[] = [
  'good',
  'failed',
  'cancelled',
  'impossible',
] satisfies CheckRecord['result'][];

function parse(line: string): CheckRecord | undefined {
  try {
    const record = JSON.parse(line) as CheckRecord;
    const sound =
      (record.kind === 'full' || record.kind === 'round') &&
      RESULTS.includes(record.result) &&
      Number.isFinite(Date.parse(record.at)) &&
      Number.isSafeInteger(record.size) &&
      Array.isArray(record.failures);
    return sound ? record : undefined;
  } catch {
    return undefined;
  }
}
