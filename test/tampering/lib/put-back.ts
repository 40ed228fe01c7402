import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Scene } from './scene.ts';

/** Puts an older copy of a SQLite file in place of the present one, with what belongs to it. */
export function putBack(dir: string, older: string, file: string): void {
  for (const name of [file, `${file}-wal`, `${file}-shm`]) {
    rmSync(join(dir, name), { force: true });
    if (existsSync(join(older, name))) cpSync(join(older, name), join(dir, name));
  }
}

/** Puts the log as it was at the checkpoint kept elsewhere in place of the present one. */
export async function putLogBack({ dir, older, bucket }: Scene): Promise<void> {
  if (bucket === undefined) putBack(dir, older, 'log.db');
  else await bucket.putBack(bucket.pristine.older.log);
}
