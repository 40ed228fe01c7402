import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises';
import { CliError } from './cli-error.ts';
import type { Output } from './output.ts';

/** Largest file that is read whole. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads a small file whole. @throws CliError FILE_MISSING, FILE_UNREADABLE */
export async function readSmallFile(path: string): Promise<Uint8Array> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    if (size > MOST_BYTES) throw new CliError('FILE_UNREADABLE', `${path} is larger than 64 MiB`);
    return await readFile(file);
  } catch (cause) {
    throw cause instanceof CliError ? cause : unreadable(path, cause);
  } finally {
    await file?.close();
  }
}

/** Reads a small text file. @throws CliError FILE_MISSING, FILE_UNREADABLE */
export async function readText(path: string): Promise<string> {
  const bytes = await readSmallFile(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CliError('FILE_UNREADABLE', `${path} is not UTF-8`, { cause });
  }
}

/** Why a file can't be read, as an error. */
function unreadable(path: string, cause: unknown): CliError {
  const reason = whyUnreadable(cause);
  const code = reason === 'no such file' ? 'FILE_MISSING' : 'FILE_UNREADABLE';
  return new CliError(code, `${path}: ${reason}`, { cause });
}

/** Why a file can't be read, in words. */
export function whyUnreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'no such file';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read';
  return `can't be read: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** Takes pieces of an output. */
export type Write = (data: string | Uint8Array) => Promise<void>;

/**
 * Writes a file that appears under its name only when it is whole (`-`: standard output). If it fails, or we crash, what
 * stood there before still does.
 *
 * @throws CliError OUTPUT_FAILED
 */
export async function writeOutput(
  path: string,
  out: Output,
  produce: (write: Write) => Promise<void>,
): Promise<void> {
  if (path === '-') return produce((data) => out.write(data));
  const temporary = `${path}.${process.pid}.part`;
  // Exports name persons: for the eyes of whoever asked for them.
  const file = await open(temporary, 'wx', 0o600).catch((cause: unknown) => failed(path, cause));
  try {
    await produce((data) => writeAll(path, file, data));
    await file.sync();
    await file.close();
    await rename(temporary, path).catch((cause: unknown) => failed(path, cause));
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
}

async function writeAll(path: string, file: FileHandle, data: string | Uint8Array): Promise<void> {
  await file.writeFile(data).catch((cause: unknown) => failed(path, cause));
}

function failed(path: string, cause: unknown): never {
  const why = cause instanceof Error ? cause.message : String(cause);
  throw new CliError('OUTPUT_FAILED', `${path} can't be written: ${why}`, { cause });
}
