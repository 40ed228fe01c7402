import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSigner, decodeBase64url, encodeBase64url, formatSkey, parseSkey, type Signer } from '@zegel/core';
import { LogError } from '../errors.ts';

/** Names of the files in a key folder. */
export const KEY_FILES = { signer: 'log.key', kek: 'kek', signed: 'signed' } as const;

/** The environment variable that holds the key-encryption key (base64url, 32 bytes) instead of the file. */
export const KEK_VARIABLE = 'ZEGEL_KEK';

/** Makes the key folder (mode 0700), a signing key named `origin` and, unless the environment has one, a key-encryption key. */
export function createKeys(dir: string, origin: string): Signer {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const seed = randomBytes(32);
  writeNew(join(dir, KEY_FILES.signer), `${formatSkey(origin, seed)}\n`);
  if (process.env[KEK_VARIABLE] === undefined)
    writeNew(join(dir, KEY_FILES.kek), `${encodeBase64url(randomBytes(32))}\n`);
  return createSigner(origin, seed);
}

/** Reads the signing key. @throws LogError `KEY_MISSING`, `KEY_DAMAGED` */
export function readSigner(dir: string): Signer {
  const text = readKey(join(dir, KEY_FILES.signer));
  try {
    return parseSkey(text);
  } catch (cause) {
    throw new LogError('KEY_DAMAGED', `${join(dir, KEY_FILES.signer)} is not a signing key`, { cause });
  }
}

/** Reads the 32-byte key-encryption key of the vault. @throws LogError `KEY_MISSING`, `KEY_DAMAGED` */
export function readKek(dir: string): Uint8Array {
  const given = process.env[KEK_VARIABLE];
  const where = given === undefined ? join(dir, KEY_FILES.kek) : KEK_VARIABLE;
  const text = given ?? readKey(where);
  try {
    const kek = decodeBase64url(text.trim());
    if (kek.length === 32) return kek;
  } catch (cause) {
    throw new LogError('KEY_DAMAGED', `${where} is not base64url`, { cause });
  }
  throw new LogError('KEY_DAMAGED', `${where} must hold 32 bytes`);
}

function readKey(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (cause) {
    throw new LogError('KEY_MISSING', `cannot read ${path}`, { cause });
  }
}

function writeNew(path: string, text: string): void {
  if (existsSync(path)) throw new LogError('LOG_EXISTS', `${path} exists already`);
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}
