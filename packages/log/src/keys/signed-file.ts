import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, openCheckpoint, parseVkey } from '@zegel/core';
import { LogError } from '../errors.ts';
import { failure, failureError } from '../failure.ts';
import { KEY_FILES } from './key-files.ts';

/** Readings before a note that does not verify is taken for damaged: another process may just be writing it. */
const READINGS = 3;

/**
 * The last checkpoint that this signer signed, kept outside the store (format v1 §2): whoever
 * truncates the store can't have the log sign the fork.
 *
 * Written after the commit and before the receipt. If we crash in between, the store is ahead of this file and
 * consistent with it. A note only grows as the log grows, so one `pwrite` replaces it.
 */
export class SignedFile {
  readonly #fd: number;
  readonly #path: string;
  /** What this process wrote last. */
  #own: { readonly note: string; readonly size: number } | undefined;

  /** @throws StoreFailure `STORE_READ_ONLY`, `STORE_FULL` when the file can't be opened for writing */
  constructor(dir: string) {
    this.#path = join(dir, KEY_FILES.signed);
    try {
      this.#fd = openSync(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600);
    } catch (cause) {
      throw failureError(failure(cause));
    }
  }

  /** The checkpoint, or undefined before the first. @throws LogError `KEY_DAMAGED` when it does not verify. */
  read(vkey: string): Checkpoint | undefined {
    let cause: unknown;
    for (let reading = 0; reading < READINGS; reading++) {
      const note = this.#text();
      if (note === '') return undefined;
      try {
        return openCheckpoint(note, [parseVkey(vkey)]).checkpoint;
      } catch (error) {
        cause = error;
      }
    }
    throw new LogError('KEY_DAMAGED', `${this.#path} is not a checkpoint signed by this log's key`, {
      cause,
    });
  }

  /** @throws the file system's error; the file then holds what it held, or the note in full */
  write(note: string): void {
    const bytes = Buffer.from(note);
    const written = writeSync(this.#fd, bytes, 0, bytes.length, 0);
    if (written < bytes.length) writeSync(this.#fd, bytes, written, bytes.length - written, written);
  }

  /**
   * Writes a note unless the file has one of more entries: another process of this machine may have been acknowledged meanwhile, and
   * whoever forgets what it signed would go on from a log that has lost it.
   */
  advance(note: string, size: number, vkey: string): void {
    if (this.#sizeKept(vkey) > size) return;
    this.write(note);
    this.#own = { note, size };
  }

  /** What can't be read is put over: that it was damaged has been told on opening. */
  #sizeKept(vkey: string): number {
    // Checking a signature takes longer than reading the file.
    if (this.#own !== undefined && this.#own.note === this.#text()) return this.#own.size;
    try {
      return this.read(vkey)?.size ?? 0;
    } catch (cause) {
      if (cause instanceof LogError) return 0;
      throw cause;
    }
  }

  close(): void {
    try {
      fsyncSync(this.#fd);
    } finally {
      closeSync(this.#fd);
    }
  }

  #text(): string {
    const bytes = Buffer.alloc(fstatSync(this.#fd).size);
    readSync(this.#fd, bytes, 0, bytes.length, 0);
    // A process that commits at the same time may have written a note a digit longer first: its newline is left.
    return bytes.toString().replace(/\n+$/, '\n');
  }
}
