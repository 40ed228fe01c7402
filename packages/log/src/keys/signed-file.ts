import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type Checkpoint, openCheckpoint, parseVkey } from '@zegel/core';
import { LogError } from '../errors.ts';
import { KEY_FILES } from './key-files.ts';

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

  constructor(dir: string) {
    this.#path = join(dir, KEY_FILES.signed);
    this.#fd = openSync(this.#path, constants.O_RDWR | constants.O_CREAT, 0o600);
  }

  /** The checkpoint, or undefined before the first. @throws LogError `KEY_DAMAGED` when it does not verify. */
  read(vkey: string): Checkpoint | undefined {
    const size = fstatSync(this.#fd).size;
    if (size === 0) return undefined;
    const note = Buffer.alloc(size);
    readSync(this.#fd, note, 0, size, 0);
    try {
      return openCheckpoint(note, [parseVkey(vkey)]).checkpoint;
    } catch (cause) {
      throw new LogError('KEY_DAMAGED', `${this.#path} is not a checkpoint signed by this log's key`, { cause });
    }
  }

  write(note: string): void {
    writeSync(this.#fd, note, 0, 'utf8');
  }

  close(): void {
    fsyncSync(this.#fd);
    closeSync(this.#fd);
  }
}
