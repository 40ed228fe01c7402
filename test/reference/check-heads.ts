import { same, unb64, utf8 } from './bytes.ts';
import { type Found, type Item, textOf } from './log-file.ts';
import {
  type Head,
  headText,
  isSigned,
  type Key,
  parseHead,
  parseNote,
  parseVkey,
  type SignatureLine,
} from './note.ts';
import { rootOf } from './tree.ts';

/** A key that the log itself names, needed for checkpoints of more than `after` entries. */
interface LogKey {
  readonly vkey: string;
  readonly after: number;
}

export interface LogKeys {
  readonly origin: string | undefined;
  readonly keys: readonly LogKey[];
  readonly found: readonly Found[];
}

/** The keys that genesis and `key` entries name; a key takes over when the one before it has signed it. */
export function keysOf(items: readonly Item[], expected: string | undefined): LogKeys {
  const found: Found[] = [];
  const keys: LogKey[] = [];
  let origin = expected;
  for (const { at, entry } of items) {
    const vkey = textOf(entry?.['vkey']);
    if (entry?.['kind'] === 'genesis' && at === 0) {
      origin = textOf(entry['origin']);
      if (keyNamed(vkey, origin) === undefined) found.push({ code: 'malformed', index: 0 });
      else keys.push({ vkey, after: 0 });
    }
    const old = keys.at(-1);
    if (entry?.['kind'] !== 'key' || origin === undefined || old === undefined) continue;
    const oldKey = keyNamed(old.vkey, origin);
    if (keyNamed(vkey, origin) === undefined) found.push({ code: 'malformed', index: at });
    else if (
      oldKey !== undefined &&
      isSigned(oldKey, rotationText(origin, vkey), unb64(textOf(entry['signature'])))
    ) {
      keys.push({ vkey, after: at });
    } else found.push({ code: 'signature-bad', index: at });
  }
  return { origin, keys, found };
}

export function rotationText(origin: string, vkey: string): Uint8Array {
  return utf8(`zegel/key/v1\n${origin}\n${vkey}\n`);
}

function keyNamed(vkey: string, origin: string): Key | undefined {
  const key = parseVkey(vkey);
  return key?.name === origin ? key : undefined;
}

type SignedHead = Head & { readonly lines: readonly SignatureLine[] };

function signedHead(note: string): SignedHead {
  const { text, lines } = parseNote(note);
  const head = parseHead(text);
  return {
    ...head,
    lines: lines.filter(({ name, signature }) => name === head.origin && signature.length === 64),
  };
}

export interface HeadClaims {
  readonly checkpoints: readonly string[];
  readonly held: readonly string[];
  readonly vkeys: readonly string[];
}

export function checkHeads(
  items: readonly Item[],
  { origin, keys }: LogKeys,
  claims: HeadClaims,
): readonly Found[] {
  const found: Found[] = [];
  const size = items.length;
  const rootAt = (n: number): Uint8Array => rootOf(items.slice(0, n).map(({ leaf }) => leaf));
  const all = claims.checkpoints.map(signedHead);
  const stored = all.filter((head) => head.size <= size);
  let before = 0;
  let agreed = true;
  for (const head of stored) {
    const agrees = same(head.root, rootAt(head.size));
    if (!agrees && agreed) found.push({ code: 'root-mismatch', index: before });
    const problem =
      origin === undefined
        ? undefined
        : signatureProblem(origin, head, ...neededKeys(keys, before, head.size));
    if (problem !== undefined) found.push({ code: problem, index: before });
    agreed = agrees;
    before = head.size;
  }
  const counted = claims.held.map(signedHead).filter((head) => head.origin === origin);
  const good = counted.filter((head) => {
    const known = [...keys.map(({ vkey }) => vkey), ...claims.vkeys];
    const isBad = signatureProblem(head.origin, head, [], known) === 'signature-bad';
    if (isBad) found.push({ code: 'signature-bad' });
    return !isBad;
  });
  for (const head of good) {
    if (head.size <= size && !same(head.root, rootAt(head.size)))
      found.push({ code: 'forked', index: Math.max(head.size - 1, 0) });
  }
  const isShort = all.length > stored.length;
  if (isShort || good.some((head) => head.size > size)) found.push({ code: 'truncated', index: size });
  if (before < size && !isShort) found.push({ code: 'unsigned-tail', index: before });
  const isTrusted = claims.vkeys.length === 0 || keys.some(({ vkey }) => claims.vkeys.includes(vkey));
  return isTrusted ? found : [...found, { code: 'signature-unknown', index: 0 }];
}

/** Keys that must have signed a checkpoint of `size` entries after one of `before`, and the log's older ones. */
function neededKeys(
  keys: readonly LogKey[],
  before: number,
  size: number,
): readonly [readonly string[], readonly string[]] {
  const isInForce = (key: LogKey, at: number): boolean => key.after === 0 || key.after < at;
  const known = keys.filter((key) => isInForce(key, size));
  const inForceBefore = known.filter((key) => isInForce(key, before));
  const needed = known.slice(Math.max(inForceBefore.length - 1, 0)).map(({ vkey }) => vkey);
  return [needed, known.map(({ vkey }) => vkey).filter((vkey) => !needed.includes(vkey))];
}

function signatureProblem(
  origin: string,
  head: SignedHead,
  needed: readonly string[],
  others: readonly string[],
): string | undefined {
  const text = utf8(headText({ origin, size: head.size, root: head.root }));
  const signed = new Set<string>();
  for (const vkey of [...needed, ...others]) {
    const key = keyNamed(vkey, origin);
    const own = head.lines.filter(({ id }) => id === key?.id);
    if (key === undefined || own.length === 0) continue;
    if (own.some(({ signature }) => !isSigned(key, text, signature))) return 'signature-bad';
    signed.add(vkey);
  }
  if (needed.length > 0 && needed.every((vkey) => signed.has(vkey))) return undefined;
  const newest = needed.at(-1);
  const isLate = newest !== undefined && !signed.has(newest) && signed.size > 0;
  return isLate ? 'key-retired' : 'signature-unknown';
}
