import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { equalBytes } from '@zegel/core';
import { LogError } from '../errors.ts';
import { KEY_FILES, readKek, readSigner } from '../keys/key-files.ts';
import { publishFile } from '../keys/publish-file.ts';
import type { Location } from '../location.ts';
import { keyFolder } from '../open-vault.ts';

/** The target's key folder, and whether the source's keys were copied into it. */
export interface CopiedKeys {
  readonly dir: string;
  readonly isCopied: boolean;
}

/**
 * Finds the key folder of a copy. Where it is another than the source's and has no key, it gets the source's: the checkpoint signed last
 * first, so that nobody appends to a copy that is not whole yet, the signing key last.
 *
 * @throws LogError `KEY_MISSING`, `KEY_DAMAGED`, `KEY_MISMATCH` when the target has another log's keys
 */
export function copyKeys(source: Location, target: Location, given: string | undefined): CopiedKeys {
  const [from, dir] = [keyFolder(source, given), keyFolder(target, given)];
  const signer = readSigner(from);
  const kek = readKek(from);
  if (from === dir) return { dir, isCopied: false };
  if (existsSync(join(dir, KEY_FILES.signer))) {
    if (readSigner(dir).vkey === signer.vkey && equalBytes(readKek(dir), kek))
      return { dir, isCopied: false };
    throw new LogError('KEY_MISMATCH', `${dir} holds other keys than ${from}`);
  }
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  for (const name of [KEY_FILES.signed, KEY_FILES.kek, KEY_FILES.signer]) copyFile(from, dir, name);
  return { dir, isCopied: true };
}

/** The key-encryption key may be in the environment, and a log that signed nothing yet has no note. */
function copyFile(from: string, to: string, name: string): void {
  const path = join(from, name);
  if (existsSync(path)) publishFile(join(to, name), readFileSync(path, 'utf8'));
}
