import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '@zegel/core';
import { openLog } from '@zegel/log';
import { Loot } from './loot.ts';
import { registerOne } from './register.ts';
import { event } from './scene.ts';
import { writeFile } from './write-file.ts';

const SIZE = 64;

/** Makes a log of 64 entries of several kinds, its bodies stored unpacked, so that a byte of one is a byte of the file. */
export async function makeSmallLog(): Promise<string> {
  const dir = join(mkdtempSync(join(tmpdir(), 'zegel-tampering-')), 'log');
  {
    await using log = await openLog(dir, {
      register: registerOne,
      create: { origin: 'small.example/audit' },
    });
    await log.append(Array.from({ length: 30 }, (_, i) => event(i)));
    await log.record({
      kind: 'lifecycle',
      bodies: [{ event: 'service-ended' }],
      subjects: [{ type: 'customer', id: 'c-1' }],
    });
    await log.record({ kind: 'heartbeat', bodies: [{ next: '2099-01-01T00:00:00.000Z' }] });
    for (let i = 0; i < 10; i++) await log.append([event(i, { outcome: 'denied', fields: ['name'] })]);
    const numbers = log.vault.handlesOf('customer', 'c-1').map(({ number }) => number);
    await log.destroy({ numbers, activity: 'orders', rule: 'erasure' });
    await log.append(Array.from({ length: SIZE - 45 }, (_, i) => event(i, { case: `order-${i}` })));
    assert((await log.size()) === SIZE, `the small log has ${await log.size()} entries`);
  }
  writeFile(await Loot.read(dir), dir);
  return dir;
}
