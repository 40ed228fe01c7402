import { join } from 'node:path';
import { type Log, openLog, openReader, openVaultReader } from '@zegel/log';
import { indexVault, openIndex } from '@zegel/search';
import { onTestFinished } from 'vitest';
import { LogChecks } from '../../src/checks/log-checks.ts';
import type { LogChecksOptions } from '../../src/checks/log-checks-options.ts';
import { place } from '../served.ts';
import { read, register } from './stage.ts';
import { copied } from './template.ts';

/** A log that is open and has checks. */
export interface Watched {
  readonly dir: string;
  readonly log: Log;
  readonly memory: string;
  readonly told: string[];
  readonly checks: LogChecks;
  /** The same checks after a start anew. */
  readonly again: (more?: Partial<LogChecksOptions>) => LogChecks;
}

/** Entries of {@link watched}: genesis, register and so many events, in commits of a hundred. */
export const EVENTS = 700;
export const SIZE: number = EVENTS + 2;

/** A new log with events, and checks that know nothing of it yet. @param which another name: another log, with other keys */
export async function watched(more: Partial<LogChecksOptions> = {}, which = 'one'): Promise<Watched> {
  const root = place();
  const [dir, memory] = [join(root, 'audit'), join(root, 'memory')];
  await copied(`watched-${which}`, dir, makeLog);
  const log = await openLog(dir, { register });
  const told: string[] = [];
  const logs = { use: <T>(work: (open: Log) => Promise<T>): Promise<T> => work(log) };
  const again = (other: Partial<LogChecksOptions> = {}): LogChecks => {
    const checks = new LogChecks({
      ...{ log: dir, state: memory, logs, onProblem: (text: string) => told.push(text) },
      ...more,
      ...other,
    });
    onTestFinished(() => checks.close());
    return checks;
  };
  onTestFinished(() => log.close());
  return { dir, log, memory, told, checks: again(), again };
}

async function makeLog(dir: string): Promise<void> {
  const log = await openLog(dir, { register, create: { origin: 'viewer.example/audit' } });
  for (let n = 0; n < EVENTS; n += 100)
    await log.append(Array.from({ length: 100 }, (_, i) => read(n + i, { case: `case-${n + i}` })));
  await makeIndex(dir);
  await log.close();
}

async function makeIndex(dir: string): Promise<void> {
  await using log = await openReader(dir);
  const vault = await openVaultReader(dir);
  const index = await openIndex({
    ...{ path: join(dir, 'index.db'), log, vault: indexVault(vault, log.origin), mode: 'write' },
  });
  await index.catchUp();
  index.close();
  vault.close();
}
