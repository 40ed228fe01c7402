import { ID_BYTES } from './segment.ts';

/** What an entry's own bytes say of its place in the id table. */
export interface EntryMark {
  /** 16 bytes. */
  readonly id: Uint8Array;
  /** 0 for an entry that is not split (format v1 §1 `part`). */
  readonly part: number;
}

const ID = Buffer.from('"id":"');
const UUID_TEXT = 36;
const AFTER_ID = '","index":';
const PART = Buffer.from(',"part":{"number":');
const PREV = Buffer.from(',"prev":"');
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const NUMBER = /^(?:0|[1-9]\d{0,4})(?=[,}])/;

/**
 * Id and part from the bytes of an entry without parsing it; undefined for bytes that are no entry of a log.
 * A quote inside a string of JSON is escaped, so that what is looked for is a key wherever it occurs; in
 * canonical form `index` follows the `id` of the entry and of nothing before it, and `part` stands before `prev`.
 */
export function readMark(entry: Buffer): EntryMark | undefined {
  for (let at = entry.indexOf(ID); at >= 0; at = entry.indexOf(ID, at + 1)) {
    const from = at + ID.length;
    const to = from + UUID_TEXT;
    if (entry.toString('latin1', to, to + AFTER_ID.length) !== AFTER_ID) continue;
    const text = entry.toString('latin1', from, to);
    if (UUID.test(text)) return { id: bytesOf(text), part: partAfter(entry, to) };
  }
  return undefined;
}

function bytesOf(uuid: string): Uint8Array {
  const id = new Uint8Array(ID_BYTES);
  id.set(Buffer.from(uuid.replaceAll('-', ''), 'hex'));
  return id;
}

function partAfter(entry: Buffer, from: number): number {
  const at = entry.indexOf(PART, from);
  if (at < 0) return 0;
  const prev = entry.indexOf(PREV, from);
  if (prev >= 0 && prev < at) return 0;
  const start = at + PART.length;
  const [digits] = NUMBER.exec(entry.toString('latin1', start, start + 6)) ?? [];
  const part = Number(digits ?? 0);
  return part <= 0xffff ? part : 0;
}
