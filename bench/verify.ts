import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openLog } from '@zegel/log';
import { bigLog } from './big-log.ts';
import { batches, register } from './events.ts';
import { ceiling, median, report } from './stats.ts';

const VAULT_ENTRIES = 200_000;

interface Verified {
  readonly checked: number;
  readonly took: number;
  /** Peak resident set, MB. */
  readonly rss: number;
}

/** Full and incremental verification, each in a process of its own so that its memory is its own. */
export async function benchVerify(dir: string, rounds: number): Promise<void> {
  const state = join(dir, 'verify.state');
  rmSync(state, { force: true });
  const full: Verified[] = [];
  for (let round = 0; round < rounds; round++) full.push(await verifyIn(dir, 'full', state));
  const rate = median(full.map((v) => (v.checked / v.took) * 1000));
  report({
    what: `full verify of ${full[0]?.checked} entries and heads`,
    value: rate,
    unit: 'entries/s',
    floor: '>= 150,000',
    met: rate >= 150_000,
    n: rounds,
  });
  ceiling('peak memory of a full verify', Math.max(...full.map((v) => v.rss)), 150, 'MB', rounds);
  const log = await openLog(dir, { register });
  for (const batch of batches(10_000, 1000, { seed: 9, sealed: true, days: 1 })) await log.append(batch);
  await log.close();
  const incremental = await verifyIn(dir, 'incremental', state);
  report({
    what: `incremental verify of ${incremental.checked} new entries`,
    value: incremental.took,
    unit: 'ms',
    n: 1,
  });
  const smaller = `${dir}-vault`;
  await bigLog(smaller, VAULT_ENTRIES); // each mention is opened: minutes for millions of them
  const vault = await verifyIn(smaller, 'vault', join(smaller, 'verify.state'));
  report({
    what: `full verify of ${vault.checked} entries with the vault`,
    value: (vault.checked / vault.took) * 1000,
    unit: 'entries/s',
    n: 1,
  });
}

function verifyIn(dir: string, kind: string, state: string): Promise<Verified> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./verify-child.ts', import.meta.url), [dir, kind, state], {
      execArgv: ['--max-semi-space-size=2'], // as the `zegel` command runs
    });
    child.once('message', (message) => resolve(message as Verified));
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code !== 0) reject(new Error(`verification ended with ${code}`));
    });
  });
}
