import {
  canonicalize,
  draftEntry,
  formatUuid,
  type JsonValue,
  sha256Base64url,
  timeText,
  uuidV7,
} from '@zegel/core';
import { type ControlEntry, controlsBack } from './controls.ts';
import type { Drafted } from './direct-commit.ts';
import { entropy } from './entropy.ts';
import { LogError } from './errors.ts';
import type { LogStore } from './port.ts';
import { parseRegister } from './register/parse.ts';
import type { RegisterDocument } from './register/types.ts';

/** A register version as the log holds it. */
export interface LoggedRegister {
  readonly version: number;
  readonly date: string;
  readonly text: string;
}

/** UTF-16 units of a document per part: at most 3 bytes each, escapes included. */
const SLICE = 20_000;

/** Versions of the register in a log, newest first. */
export async function* registersBack(store: LogStore, newest: number): AsyncGenerator<LoggedRegister> {
  let later: ControlEntry[] = [];
  for await (const entry of controlsBack(store, newest)) {
    if (entry.kind !== 'register') continue;
    later = [entry, ...later];
    const { part, version, date } = entry.body as {
      part?: { number: number };
      version: number;
      date: string;
    };
    if (part !== undefined && part.number > 1) continue;
    yield { version, date, text: later.map((e) => String(e.body['document'])).join('') };
    later = [];
  }
}

/** What a writer opens with: a version that is in the log, or the next one, to be appended. */
export interface ChosenRegister {
  readonly document: RegisterDocument;
  readonly version: number;
  readonly append: boolean;
}

/**
 * Finds the version that a document is, or that it becomes: a new version must have a later date than the newest.
 *
 * @throws LogError `REGISTER_OLDER`
 */
export async function chooseRegister(
  store: LogStore,
  newest: number,
  given: RegisterDocument | undefined,
): Promise<ChosenRegister> {
  const text = given === undefined ? undefined : documentText(given);
  let last: LoggedRegister | undefined;
  for await (const register of registersBack(store, newest)) {
    last ??= register;
    if (given === undefined || text === undefined)
      return { document: parseRegister(JSON.parse(register.text)), version: register.version, append: false };
    if (register.text === text) return { document: given, version: register.version, append: false };
    if (given.date > last.date) break; // later than the newest: it can't be an old one
  }
  if (last === undefined || given === undefined) throw new LogError('LOG_DAMAGED', 'the log has no register');
  if (given.date <= last.date)
    throw new LogError(
      'REGISTER_OLDER',
      `the register given is dated ${given.date}; a version that follows that of ${last.date} must be dated later`,
    );
  return { document: given, version: last.version + 1, append: true };
}

/** The canonical text of a register document, which is what the log holds. */
function documentText(document: RegisterDocument): string {
  return canonicalize(document as unknown as JsonValue);
}

/** The drafts of a `register` entry, a slice of the document each. */
export function registerDrafts(document: RegisterDocument, version: number, now: number): Drafted {
  const text = documentText(document);
  const slices = slicesOf(text);
  const id = uuidV7(now, entropy(10));
  const drafts = slices.map((slice, i) =>
    draftEntry({
      v: 1,
      kind: 'register',
      id: formatUuid(id),
      occurred: timeText(now),
      version,
      date: document.date,
      digest: sha256Base64url(Buffer.from(text)),
      document: slice,
      ...(slices.length > 1 && { part: { number: i + 1, of: slices.length } }),
    }),
  );
  return { id, drafts };
}

function slicesOf(text: string): string[] {
  const slices: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(at + SLICE, text.length);
    if (end < text.length && !text.slice(at, end).isWellFormed()) end--; // never between the halves of a pair
    slices.push(text.slice(at, end));
    at = end;
  }
  return slices;
}
