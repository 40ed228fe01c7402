import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entryIndex } from '@zegel/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openIndex } from '../src/index.ts';
import { FakeLog, FakeVault } from './fake-log.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-fetch-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

it('tells a hit that can’t be read from one whose body is gone', async () => {
  const whole = new FakeLog(new FakeVault());
  for (let i = 0; i < 3; i++) whole.append({ occurred: i, action: 'read' });
  const log = {
    origin: whole.origin,
    size: () => whole.size(),
    follow: whole.follow.bind(whole),
    findById: whole.findById.bind(whole),
    async *read(from: number, to: number) {
      for await (const chunk of whole.read(from, to))
        yield chunk.map((entry) =>
          entry.index === 1 && broken ? { ...entry, bytes: undefined, damage: 'crc' } : entry,
        );
    },
  };
  let broken = false;
  const index = await openIndex({ path: join(dir, 'index.db'), log, mode: 'write' });
  await index.catchUp();
  broken = true;
  whole.prune(2, 2);
  const fetched = await index.fetch('action:read', [2, 1, 0].map(entryIndex));
  expect(fetched.entries.map((entry) => entry.index)).toEqual([0]);
  expect(fetched.findings).toMatchObject([{ code: 'store-damaged', index: 1 }]);
  expect(fetched.gone).toEqual([2]);
  index.close();
});
