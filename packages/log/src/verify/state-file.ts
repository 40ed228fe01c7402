import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { deserialize, serialize } from 'node:v8';
import type { CheckerState } from '@zegel/core';
import { LogError } from '../errors.ts';

/** What a verifier remembers of a log it found good, to be kept where the log's operator can't write. */
export interface Remembered {
  /** The signed checkpoint up to which everything was checked. */
  readonly checkpoint: string;
  /** What an incremental check goes on from. */
  readonly state: CheckerState;
}

interface FileForm {
  readonly zegel: 'verify-state/v1';
  readonly logs: Record<string, { readonly checkpoint: string; readonly state: string }>;
}

/** Remembered heads in one JSON file, by verifier key, so that another log raises no false alarm. */
export class StateFile {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Checkpoints remembered of an origin, whatever key named the log then: a log that now comes with another key under the same
   * origin has to answer for them (format v1 §5). @throws LogError `STATE_DAMAGED`
   */
  checkpointsOf(origin: string): readonly string[] {
    const logs = Object.entries(this.#load().logs);
    return logs.filter(([vkey]) => vkey.startsWith(`${origin}+`)).map(([, { checkpoint }]) => checkpoint);
  }

  /** @throws LogError `STATE_DAMAGED` when the file is none of ours */
  read(vkey: string): Remembered | undefined {
    const entry = this.#load().logs[vkey];
    if (entry === undefined) return undefined;
    try {
      return {
        checkpoint: entry.checkpoint,
        state: deserialize(Buffer.from(entry.state, 'base64')) as CheckerState,
      };
    } catch (cause) {
      throw new LogError('STATE_DAMAGED', `${this.#path} can't be read back`, { cause });
    }
  }

  write(vkey: string, { checkpoint, state }: Remembered): void {
    const file = this.#load();
    const logs = { ...file.logs, [vkey]: { checkpoint, state: serialize(state).toString('base64') } };
    writeFileSync(`${this.#path}.new`, `${JSON.stringify({ ...file, logs }, undefined, 2)}\n`);
    renameSync(`${this.#path}.new`, this.#path);
  }

  #load(): FileForm {
    if (!existsSync(this.#path)) return { zegel: 'verify-state/v1', logs: {} };
    try {
      const form = JSON.parse(readFileSync(this.#path, 'utf8')) as FileForm;
      if (form.zegel === 'verify-state/v1' && typeof form.logs === 'object' && form.logs !== null)
        return form;
    } catch (cause) {
      throw new LogError('STATE_DAMAGED', `${this.#path} is not a state file of verify`, { cause });
    }
    throw new LogError('STATE_DAMAGED', `${this.#path} is not a state file of verify`);
  }
}
