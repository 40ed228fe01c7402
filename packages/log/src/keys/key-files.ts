import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBase64url, encodeBase64url, formatSkey, parseSkey, type Signer } from '@zegel/core';
import { LogError } from '../errors.ts';
import { publishFile } from './publish-file.ts';

/** Names of the files in a key folder. */
export const KEY_FILES = { signer: 'log.key', kek: 'kek', signed: 'signed' } as const;

/** The environment variable that holds the key-encryption key (base64url, 32 bytes) instead of the file. */
const KEK_VARIABLE = 'ZEGEL_KEK';

/** Makes the key folder (mode 0700) and a signing key named `origin`, where they are not there yet. */
export function ensureSigner(dir: string, origin: string): Signer {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, KEY_FILES.signer);
  if (!existsSync(path)) publishFile(path, `${formatSkey(origin, randomBytes(32))}\n`);
  return readSigner(dir);
}

/** Makes a key-encryption key where neither the folder nor the environment has one. */
export function ensureKek(dir: string): Uint8Array {
  const path = join(dir, KEY_FILES.kek);
  if (process.env[KEK_VARIABLE] === undefined && !existsSync(path))
    publishFile(path, `${encodeBase64url(randomBytes(32))}\n`);
  return readKek(dir);
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
