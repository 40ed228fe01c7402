import { verifyLog } from '@zegel/log';
import { join } from 'node:path';
import { expect } from 'vitest';
import { differences } from './compare.ts';
import { crowd, type Seen } from './crowd.ts';
import { loggedIn } from './logged.ts';
import { demoFolder, RunningDemo } from './running-demo.ts';

/** Forty users for some seconds: every answer that showed somebody has its entry, and no entry is without a request. */
export async function checkCrowd(seconds: number): Promise<readonly Seen[]> {
  const { folder, remove } = demoFolder();
  try {
    const demo = await RunningDemo.start(folder, { ZEGEL_TRAFFIC: 'off' });
    let seen: readonly Seen[];
    try {
      seen = await crowd(demo.url, demo.logIns, { users: 40, ms: seconds * 1000 });
    } finally {
      await demo.stop();
    }
    expect(await demo.stop()).toEqual({ status: 0, err: '' });
    const logged = await loggedIn(join(folder, 'audit'));
    expect(differences(seen, logged).slice(0, 20)).toEqual([]);
    expect(new Set(seen.map(({ who }) => who)).size).toBeGreaterThan(25);
    expect(
      seen.some(({ persons }) => persons.length > 100),
      'an export',
    ).toBe(true);
    const { ok, failures } = await verifyLog(join(folder, 'audit'));
    expect({ ok, failures }).toEqual({ ok: true, failures: [] });
    return seen;
  } finally {
    remove();
  }
}
