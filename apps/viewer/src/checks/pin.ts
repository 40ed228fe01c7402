import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Which log was first seen at this place: what comes there later is held against it (trust on first use). */
export interface Pin {
  readonly origin: string;
  /** Verifier key that the log named itself by. */
  readonly vkey: string;
  /** When it was first seen, `YYYY-MM-DDTHH:mm:ss.sssZ`. */
  readonly since: string;
}

const FILE = 'seen.json';

/** What is pinned; `damaged` when the file says nothing that can be read. */
export function readPin(dir: string): Pin | 'damaged' | undefined {
  const path = join(dir, FILE);
  if (!existsSync(path)) return undefined;
  try {
    const { origin, vkey, since } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Pin>;
    if (origin !== undefined && vkey !== undefined && since !== undefined) return { origin, vkey, since };
  } catch {
    return 'damaged';
  }
  return 'damaged';
}

/** Pins a log, once. */
export function writePin(dir: string, pin: Pin): void {
  const fd = openSync(join(dir, FILE), 'wx', 0o600);
  try {
    writeSync(fd, `${JSON.stringify(pin)}\n`);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
