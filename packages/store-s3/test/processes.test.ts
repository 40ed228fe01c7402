import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { append, newHome, open, texts } from './lib/log.ts';
import { newPlace } from './lib/place.ts';
import { NEEDS_S3, NO_S3 } from './lib/s3.ts';

const COMMITS = 15;
const script = join(import.meta.dirname, 'writer-process.ts');

async function written(url: string, home: string, name: string): Promise<number[]> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [script, url, home, name, String(COMMITS)]);
  return stdout.trim().split('\n').map(Number);
}

describe.skipIf(NO_S3)(`two processes ${NEEDS_S3}`, () => {
  test.each(['one home', 'no home'])(
    'append to one log, with %s',
    async (kept) => {
      const [url, home] = [await newPlace(), kept === 'no home' ? undefined : await newHome()];
      const store = await open(url, 'create', home === undefined ? {} : { home });
      await append(store, 'one');
      const sizes = await Promise.all(['a', 'b'].map((name) => written(url, home ?? '-', name)));
      const found = (await texts(store))
        .slice(1)
        .map((text) => JSON.parse(text ?? '') as { index: number; name: string; n: number });
      expect(found.map(({ index }) => index)).toEqual(found.map((_, n) => n + 1));
      // Each commit was told its own place, and stands there once.
      for (const [writer, name] of ['a', 'b'].entries())
        expect(found.filter((entry) => entry.name === name).map(({ index }) => index + 1)).toEqual(
          sizes[writer],
        );
      expect(found).toHaveLength(2 * COMMITS);
      expect(await store.inspect('outline')).toEqual([]);
    },
    60_000,
  );
});
