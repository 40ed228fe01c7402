import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SealedPart } from '@zegel/core';
import { actorText, mentionsOf, openSealed, parseBody, showEntry, subjectTexts } from '@zegel/reading';
import { type AccessEvent, type Log, openLog } from '@zegel/log';
import { indexVault, openIndex, type SearchIndex } from '@zegel/search';
import { onTestFinished } from 'vitest';
import { copied } from './lib/template.ts';

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
  await copied('people', dir, async (folder) =>
    (await openLog(folder, { create: { origin: 'viewer.example/audit' } })).close(),
  );
  const log = await openLog(dir);
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

/** An entry that tells of a consultation, with its persons in clear and its sealed reason. */
export interface Opened {
  readonly index: number;
  readonly action: unknown;
  readonly outcome: unknown;
  readonly of: unknown;
  readonly fields: unknown;
  readonly actor: string;
  readonly subjects: readonly string[];
  readonly reason: unknown;
}

/** The entries of one operation, read by way of the vault. */
export async function openedEntries(log: Log, operation: string): Promise<readonly Opened[]> {
  const found: Opened[] = [];
  for await (const chunk of log.read(0, await log.size()))
    for (const entry of chunk) {
      const shown = await showEntry(log, log.vault, entry);
      const body = parseBody(entry);
      if (shown?.object['operation'] !== operation || body === undefined) continue;
      const { action, outcome, of, fields, sealed } = shown.object as Record<string, unknown>;
      const mentions = await mentionsOf(log, entry.index, body);
      const parts = (sealed ?? []) as readonly SealedPart[];
      const at = parts.findIndex(({ part }) => part === 'reason');
      const part = parts[at];
      const opened =
        part && (openSealed(log.vault, log.origin, body, mentions, part, at) as { reason: unknown });
      found.push({
        ...{ index: entry.index, action, outcome, of, fields, reason: opened?.reason },
        actor: actorText(shown.object),
        subjects: [...subjectTexts(shown.object)].sort(),
      });
    }
  return found;
}
