import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { AccessEvent } from '../src/event/types.ts';
import type { Log } from '../src/log.ts';
import { type OpenOptions, openLog } from '../src/open.ts';
import { openVaultReader } from '../src/open-vault.ts';
import type { StoredEntry } from '../src/port.ts';
import type { Receipt } from '../src/receipt.ts';
import type { VerifyReport } from '../src/verify/report.ts';
import { verifyLog } from '../src/verify/verify.ts';

export const ORIGIN = 'shop.example/audit';

/** A folder for one test. */
export function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-log-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** A log for one test, made where there is none, closed when the test ends. */
export async function opened(dir: string, options: OpenOptions = {}): Promise<Log> {
  const log = await openLog(dir, { create: { origin: ORIGIN }, ...options });
  onTestFinished(() => log.close());
  return log;
}

/** An event about customer `c-<n>`. */
export function event(n: number, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: 'e-17', ip: '192.0.2.7' },
    subjects: [{ type: 'customer', id: `c-${n}` }],
    fields: ['name'],
    service: 'shop',
    ...more,
  };
}

/** Full verification, the vault included, that finds nothing at all. */
export async function sound(dir: string, keys?: string): Promise<VerifyReport> {
  const vault = await openVaultReader(dir, { heal: false, keys });
  try {
    const report = await verifyLog(dir, { vault, threads: 1 });
    expect([...report.failures, ...report.warnings]).toEqual([]);
    expect(report.ok).toBe(true);
    return report;
  } finally {
    vault.close();
  }
}

/** The only receipt of an append. */
export function only<T>(receipts: readonly T[]): T {
  expect(receipts).toHaveLength(1);
  return receipts[0] as T;
}

/** An entry as its stored JSON has it. */
export function parsed({ bytes }: StoredEntry): Record<string, unknown> {
  return JSON.parse(Buffer.from(bytes ?? '').toString()) as Record<string, unknown>;
}

/** All entries of a log, as JSON has them. */
export async function entries(log: Log): Promise<Record<string, unknown>[]> {
  const all: Record<string, unknown>[] = [];
  for await (const chunk of log.read(0, Number.MAX_SAFE_INTEGER)) all.push(...chunk.map(parsed));
  return all;
}

/** The entry of a receipt. */
export async function entryOf(log: Log, receipt: Receipt | undefined): Promise<Record<string, unknown>> {
  return parsed(await log.entry(receipt?.index ?? -1));
}

/** An error of this code, whatever its class. */
export function coded(code: string): unknown {
  return expect.objectContaining({ code });
}
