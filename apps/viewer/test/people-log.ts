import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessEvent, type Log, openLog } from '@zegel/log';
import { indexVault, openIndex, type SearchIndex } from '@zegel/search';
import { onTestFinished } from 'vitest';

/** A log with its index, open until the test ends. */
export interface IndexedLog {
  readonly log: Log;
  readonly index: SearchIndex;
  readonly dir: string;
}

/** A new log with these events, indexed as far as that. */
export async function indexedLog(events: readonly AccessEvent[]): Promise<IndexedLog> {
  const place = mkdtempSync(join(tmpdir(), 'zegel-people-'));
  const dir = join(place, 'audit');
  const log = await openLog(dir, { create: { origin: 'viewer.example/audit' } });
  if (events.length > 0) await log.append(events);
  const index = await openIndex({
    path: join(dir, 'index.db'),
    log,
    vault: indexVault(log.vault, log.origin),
    mode: 'write',
    timeZone: 'Europe/Amsterdam',
  });
  await index.catchUp();
  onTestFinished(async () => {
    index.close();
    await log.close();
    rmSync(place, { recursive: true, force: true });
  });
  return { log, index, dir };
}

/** A read of one customer by one employee. */
export function seen(customer: string, employee: string, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: employee },
    subjects: [{ type: 'customer', id: customer }],
    fields: ['email'],
    service: 'shop',
    occurred: '2026-07-01T10:00:00.000Z',
    ...more,
  };
}
