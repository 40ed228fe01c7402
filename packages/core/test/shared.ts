import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FormatError } from '../src/format-error.ts';

/** Public test vectors beside the project; tests that need them are skipped where they are not. */
export const vectors: string = fileURLToPath(new URL('../../../../shared/vectors/', import.meta.url));

export const noVectors = !existsSync(vectors);

export function vectorText(path: string): string {
  return readFileSync(join(vectors, path), 'utf8');
}

export function vectorBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(join(vectors, path)));
}

/** Paths of all files below a folder of the vectors, sorted. */
export function vectorFiles(folder: string, ending = ''): string[] {
  return readdirSync(join(vectors, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name).slice(vectors.length))
    .sort();
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function fromHex(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

export function ascii(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text));
}

/** What a call returns, or the code of the FormatError that it throws; any other error goes on. */
export function valueOrCode(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    if (error instanceof FormatError) return error.code;
    throw error;
  }
}

/** The error that a call throws; fails when it throws none. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
