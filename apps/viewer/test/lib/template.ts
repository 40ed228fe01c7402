import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Folders that are made once for a test file, and copied for each of its tests: making a log takes a quarter of a second. */
const made = new Map<string, Promise<string>>();

afterAll(async () => {
  for (const folder of made.values()) rmSync(join(await folder, '..'), { recursive: true, force: true });
  made.clear();
});

/** Puts at `place` what `make` makes, by a copy of what it made under this name before. */
export async function copied(
  name: string,
  place: string,
  make: (folder: string) => Promise<unknown>,
): Promise<void> {
  const first = made.get(name) ?? makeOnce(make);
  made.set(name, first);
  cpSync(await first, place, { recursive: true });
}

async function makeOnce(make: (folder: string) => Promise<unknown>): Promise<string> {
  const folder = join(mkdtempSync(join(tmpdir(), 'zegel-template-')), 'made');
  await make(folder);
  return folder;
}
