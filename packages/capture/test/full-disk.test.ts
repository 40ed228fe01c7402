import { execFileSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { testLog } from '@zegel/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createCapture } from '../src/create-capture.ts';
import { CounterFile } from '../src/gaps/counter-file.ts';
import type { CaptureProblem } from '../src/problem.ts';
import { register } from './register.ts';
import { anna, customer, place } from './sample.ts';

const known = { subject: customer('c-1'), fields: ['name'] } as const;

function mountSmall(context: { skip(reason: string): void }): string {
  const dir = place();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    context.skip('needs the right to mount a small file system');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', dir]));
  return dir;
}

/** Leaves not a byte. */
function fill(dir: string): void {
  for (const size of [65_536, 4096, 1]) {
    for (let n = 0; ; n++) {
      try {
        writeFileSync(join(dir, `ballast-${size}-${n}`), new Uint8Array(size));
      } catch {
        break;
      }
    }
  }
}

test('a full disk, which may be why the log is down, does not stop the counting', async (context) => {
  const dir = mountSmall(context);
  const log = testLog(register);
  const problems: CaptureProblem[] = [];
  const options = {
    service: 'shop',
    gaps: dir,
    onProblem: (problem: CaptureProblem) => problems.push(problem),
  };
  const { access, runAs, close } = createCapture({ to: log, ...options });
  fill(dir);
  log.fail('down');
  for (let n = 0; n < 20; n++) await runAs(anna, () => access.read('helpdesk', known, () => 7));
  expect(problems.filter(({ kind }) => kind === 'uncounted')).toEqual([]);
  const file = new CounterFile(dir, 'shop', []);
  file.claim('0:test', 0, () => 'claimed');
  expect(file.claims()).toMatchObject([{ id: 'claimed', activity: 'helpdesk', count: 20 }]);
  file.close();
  await close();
});

test('counters that can not be written are kept in memory until they can, and that is told', async (context) => {
  const dir = mountSmall(context);
  const { helpdesk: _, ...activities } = register.activities;
  const strict = { ...register, activities };
  const log = testLog(strict);
  const problems: CaptureProblem[] = [];
  const options = {
    service: 'shop',
    gaps: dir,
    onProblem: (problem: CaptureProblem) => problems.push(problem),
  };
  const { access, runAs, gaps, close } = createCapture({ to: log, ...options });
  onTestFinished(() => close());
  fill(dir); // no activity is `available`: the counters are not there yet
  const fail = (): never => {
    log.fail('down');
    throw new Error('boom');
  };
  await expect(runAs(anna, () => access.read('dashboard', known, fail))).rejects.toThrow('boom');
  expect(problems.some(({ kind }) => kind === 'uncounted')).toBe(true);
  log.fail(undefined);
  await gaps();
  expect(log.gaps()).toEqual([]);
  rmSync(join(dir, 'ballast-65536-0'));
  await gaps();
  expect(log.gaps()).toMatchObject([{ activity: 'dashboard', count: 1 }]);
});
