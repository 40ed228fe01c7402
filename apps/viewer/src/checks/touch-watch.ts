import { statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The files that a log's entries are written to, where it has such, and which of their times tells. That of the last change
 * can't be set back, but SQLite run by root changes it in a journal that it only opens.
 */
const FILES = [
  ['log.db', 'ctimeNs'],
  ['log.db-wal', 'mtimeNs'],
] as const;

/**
 * Tells when the files of a log were written to and the log did not grow: that is how a hand in the file looks, from outside. A
 * pruning and a journal moved into its file look alike, so that it is a reason to look and nothing else.
 */
export class TouchWatch {
  readonly #timer: NodeJS.Timeout;
  #before: { readonly size: number; readonly files: string } | undefined;

  /** @param size entries in the log now */
  constructor(dir: string, every: number, size: () => Promise<number>, onTouch: () => void) {
    const look = async (): Promise<void> => {
      const files = FILES.map(([name, time]) => outside(join(dir, name), time)).join(' ');
      const now = { size: await size(), files };
      const before = this.#before;
      this.#before = now;
      if (before !== undefined && before.files !== now.files && before.size === now.size) onTouch();
    };
    // What can't be read is the check's to tell.
    this.#timer = setInterval(() => void look().catch(() => undefined), every).unref();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

function outside(path: string, time: 'ctimeNs' | 'mtimeNs'): string {
  const file = statSync(path, { throwIfNoEntry: false, bigint: true });
  return file === undefined ? '-' : `${file.ino}:${file.size}:${file[time]}`;
}
