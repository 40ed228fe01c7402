import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Puts an older copy of a SQLite file in place of the present one, with what belongs to it. */
export function putBack(dir: string, older: string, file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    rmSync(join(dir, name), { force: true });
    if (existsSync(join(older, name))) cpSync(join(older, name), join(dir, name));
  }
}
