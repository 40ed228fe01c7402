import { decodeBase64url } from '../base64url.ts';
import { sha256Base64url } from '../crypto.ts';
import type { GenesisEntry, KeyEntry } from '../entry/types.ts';
import { FormatError } from '../format-error.ts';
import { parseVkey, type Verifier } from '../note-key.ts';
import { encodeUtf8 } from '../utf8.ts';
import type { Tell } from './tell.ts';

/** The origin and the keys that the log itself names (format v1 §2 Key rotation). Plain data. */
export interface KeyState {
  /** Origin: the one expected, else what the genesis says. */
  origin: string | undefined;
  /** Verifier keys in their order; each is needed for checkpoints of more than `after` entries. */
  keys: { readonly vkey: string; readonly after: number }[];
}

/** Before the first entry. */
export function newKeys(origin: string | undefined): KeyState {
  return { origin, keys: [] };
}

/** `prev` of entry 0 (format v1 §1): base64url of SHA-256 of `zegel/v1\n<origin>\n`. */
export function genesisPrev(origin: string): string {
  return sha256Base64url(encodeUtf8(`zegel/v1\n${origin}\n`));
}

/** What the old key signs when `vkey` takes over (format v1 §2). */
export function rotationMessage(origin: string, vkey: string): Uint8Array {
  return encodeUtf8(`zegel/key/v1\n${origin}\n${vkey}\n`);
}

/** Feeds the genesis. */
export function checkGenesis(state: KeyState, entry: GenesisEntry, index: number, tell: Tell): void {
  if (index > 0) {
    tell('genesis-repeat', index, 'a genesis that is not entry 0');
    return;
  }
  if (state.origin !== undefined && state.origin !== entry.origin) {
    tell('genesis-origin', 0, `is the genesis of "${entry.origin}", not of "${state.origin}"`);
  }
  state.origin = entry.origin;
  if (entry.prev !== genesisPrev(entry.origin)) tell('prev-broken', 0, 'prev is not the hash of the origin');
  const key = readKey(entry.vkey, entry.origin);
  if (key === undefined) tell('malformed', 0, 'vkey: is not a verifier key of the origin');
  else state.keys.push({ vkey: entry.vkey, after: 0 });
}

/** Feeds a key entry: the new key takes over only when the key in force has signed it. */
export function checkRotation(state: KeyState, entry: KeyEntry, index: number, tell: Tell): void {
  const { origin, keys } = state;
  const old = keys.at(-1);
  if (origin === undefined || old === undefined) return;
  if (readKey(entry.vkey, origin) === undefined) {
    tell('malformed', index, 'vkey: is not a verifier key of the origin');
    return;
  }
  const signed = readKey(old.vkey, origin)?.verify(
    rotationMessage(origin, entry.vkey),
    decodeBase64url(entry.signature),
  );
  if (signed === true) keys.push({ vkey: entry.vkey, after: index });
  else tell('signature-bad', index, 'the key in force has not signed its successor');
}

/**
 * Keys that must have signed a checkpoint of `size` entries when the checkpoint before it covers
 * `before` (format v1 §2): the one in force, and with it those it has taken over from since `before`.
 */
export function neededKeys({ keys }: KeyState, before: number, size: number): readonly string[] {
  const below = keys.filter(({ after }) => after === 0 || after < size);
  const old = below.findLastIndex(({ after }) => after === 0 || after < before);
  return below.slice(Math.max(old, 0)).map(({ vkey }) => vkey);
}

// Reading a key costs as much as checking a signature, and a log has few.
const known = new Map<string, Verifier | undefined>();
const MAX_KNOWN = 256;

/** A verifier key whose name is the origin (format v1 §2), else undefined. */
export function readKey(vkey: string, origin: string): Verifier | undefined {
  if (!known.has(vkey)) {
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(vkey, parseKey(vkey));
  }
  const key = known.get(vkey);
  return key?.name === origin ? key : undefined;
}

function parseKey(vkey: string): Verifier | undefined {
  try {
    return parseVkey(vkey);
  } catch (error) {
    // Evidence, not input: the caller tells of it.
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
