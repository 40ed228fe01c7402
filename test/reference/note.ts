import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { base64, concat, NotInForm, sha256, toHex, unbase64, unUtf8, utf8 } from './bytes.ts';

export interface Key {
  readonly name: string;
  /** 8 hex digits. */
  readonly id: string;
  readonly publicKey: Uint8Array;
}

export interface SecretKey extends Key {
  readonly vkey: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

export interface SignatureLine {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
}

export interface NoteParts {
  readonly text: string;
  readonly lines: readonly SignatureLine[];
}

const ED25519 = Uint8Array.of(1);
const PRIVATE_HEAD = '302e020100300506032b657004220420';
const PUBLIC_HEAD = '302a300506032b6570032100';

export function secretKey(name: string, seed: Uint8Array): SecretKey {
  const der = Buffer.from(PRIVATE_HEAD + toHex(seed), 'hex');
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const exported = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(exported.subarray(exported.length - 32));
  const id = keyId(name, publicKey);
  const vkey = `${name}+${id}+${base64(concat(ED25519, publicKey))}`;
  return { name, id, publicKey, vkey, sign: (message) => new Uint8Array(sign(null, message, key)) };
}

function keyId(name: string, publicKey: Uint8Array): string {
  return toHex(sha256(utf8(`${name}\n`), ED25519, publicKey)).slice(0, 8);
}

/** Whether a note can carry the name: not empty, no Unicode space, no plus. */
function isNoteName(name: string): boolean {
  if (name === '') return false;
  for (const symbol of name) if (symbol === '+' || /\p{White_Space}/u.test(symbol)) return false;
  return true;
}

/** A name for a log or key of ours: also at most 255 bytes, no control characters. */
export function isName(name: string): boolean {
  try {
    return isNoteName(name) && !/\p{Cc}/u.test(name) && utf8(name).length <= 255;
  } catch {
    return false;
  }
}

export function parseVkey(text: string): Key | undefined {
  const [name = '', id = '', ...rest] = text.split('+');
  if (!isName(name)) return undefined;
  try {
    const bytes = unbase64(rest.join('+'));
    const publicKey = bytes.slice(1);
    if (bytes.length !== 33 || bytes[0] !== 1 || keyId(name, publicKey) !== id) return undefined;
    return { name, id, publicKey };
  } catch {
    return undefined;
  }
}

export function isSigned(key: Key, message: Uint8Array, signature: Uint8Array): boolean {
  const der = Buffer.from(PUBLIC_HEAD + toHex(key.publicKey), 'hex');
  try {
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  } catch {
    return false;
  }
}

/** Text, empty line, one line per signer. */
export function signNote(text: string, signers: readonly SecretKey[]): string {
  return noteOf(
    text,
    signers.map(({ name, id, sign: signWith }) => ({ name, id, signature: signWith(utf8(text)) })),
  );
}

export function noteOf(text: string, lines: readonly SignatureLine[]): string {
  const written = lines.map(({ name, id, signature }) => {
    return `\u2014 ${name} ${base64(concat(Uint8Array.from(Buffer.from(id, 'hex')), signature))}\n`;
  });
  return `${text}\n${written.join('')}`;
}

export function parseNote(note: string | Uint8Array): NoteParts {
  const whole = typeof note === 'string' ? unUtf8(utf8(note)) : unUtf8(note);
  for (const symbol of whole) if (symbol < ' ' && symbol !== '\n') throw new NotInForm('a control character');
  const end = whole.lastIndexOf('\n\n');
  if (end < 0 || !whole.endsWith('\n')) throw new NotInForm('no signatures');
  const lines = whole.slice(end + 2, -1).split('\n');
  if (lines.length > 100) throw new NotInForm('too many signatures');
  return { text: whole.slice(0, end + 1), lines: lines.map(parseLine) };
}

function parseLine(line: string): SignatureLine {
  const [dash, name, encoded, ...more] = line.split(' ');
  if (
    dash !== '\u2014' ||
    name === undefined ||
    encoded === undefined ||
    more.length > 0 ||
    !isNoteName(name)
  ) {
    throw new NotInForm('no signature line');
  }
  const bytes = unbase64(encoded);
  if (bytes.length < 5) throw new NotInForm('no signature');
  return { name, id: toHex(bytes.slice(0, 4)), signature: bytes.slice(4) };
}

export interface Head {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export function headText({ origin, size, root }: Head): string {
  return `${origin}\n${size}\n${base64(root)}\n`;
}

/** Reads the text of a checkpoint; further lines are allowed in those of others. */
export function parseHead(text: string): Head {
  const lines = text.split('\n');
  const [origin = '', size = '', root = ''] = lines;
  if (lines.length < 4 || lines.pop() !== '' || lines.includes('')) throw new NotInForm('lines');
  if (utf8(origin).length > 255) throw new NotInForm('origin');
  const count = Number(size);
  if (!/^[0-9]+$/.test(size) || `${count}` !== size || !Number.isSafeInteger(count))
    throw new NotInForm('size');
  const hash = unbase64(root);
  if (hash.length !== 32) throw new NotInForm('root');
  return { origin, size: count, root: hash };
}

/** Opens a checkpoint with trusted keys; the error codes are those of C2SP signed-note in this project's words. */
export function openCheckpoint(note: string | Uint8Array, keys: readonly Key[]): Head | string {
  let parts: NoteParts;
  try {
    parts = parseNote(note);
  } catch {
    return 'NOTE_MALFORMED';
  }
  const signers: Key[] = [];
  for (const line of parts.lines) {
    const known = keys.filter((key) => key.name === line.name && key.id === line.id);
    if (known.length > 1) return 'NOTE_AMBIGUOUS_KEY';
    const [key] = known;
    if (key === undefined) continue;
    if (!isSigned(key, utf8(parts.text), line.signature)) return 'NOTE_BAD_SIGNATURE';
    signers.push(key);
  }
  if (signers.length === 0) return 'NOTE_NO_KNOWN_KEY';
  try {
    const head = parseHead(parts.text);
    return signers.some(({ name }) => name === head.origin) ? head : 'NOTE_NO_KNOWN_KEY';
  } catch {
    return 'BAD_CHECKPOINT';
  }
}

/** Checks a tlog-proof file against an entry's leaf hash. */
export function isProved(
  file: string,
  leaf: Uint8Array,
  keys: readonly Key[],
  check: InclusionCheck,
): boolean {
  const end = file.indexOf('\n\n');
  const lines = file.slice(0, Math.max(end, 0)).split('\n');
  if (lines.shift() !== 'c2sp.org/tlog-proof@v1') return false;
  try {
    if (lines[0]?.startsWith('extra ') && unbase64(lines.shift()?.slice(6) ?? '').length === 0) return false;
    const index = /^index (0|[1-9][0-9]{0,15})$/.exec(lines.shift() ?? '')?.[1];
    const hashes = lines.map(unbase64);
    const head = openCheckpoint(file.slice(end + 2), keys);
    if (index === undefined || typeof head === 'string' || hashes.some(({ length }) => length !== 32))
      return false;
    return hashes.length <= 63 && check(Number(index), head.size, leaf, hashes, head.root);
  } catch {
    return false;
  }
}

type InclusionCheck = (
  index: number,
  size: number,
  leaf: Uint8Array,
  path: readonly Uint8Array[],
  root: Uint8Array,
) => boolean;
