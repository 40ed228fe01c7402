import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type AccessEvent, type Log, openLog, openReader, openVaultReader, verifyLog } from '@zegel/log';
import { onTestFinished } from 'vitest';

const ORIGIN = 'privacy.example/audit';

/** A folder for one test. */
export function place(): string {
  const dir = mkdtempSync(join(tmpdir(), 'zegel-privacy-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

export async function opened(dir: string): Promise<Log> {
  const log = await openLog(dir, { create: { origin: ORIGIN } });
  onTestFinished(() => log.close());
  return log;
}

/** An event about a customer, named and with a part sealed for the customer. */
export function about(id: string, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: 'e-17', ip: '192.0.2.7' },
    subjects: [{ type: 'customer', id }],
    fields: ['name'],
    service: 'shop',
    reason: `a call of ${id}`,
    ...more,
  };
}

/** What the vault holds of a person, to be sought in the files later: number, salt, key, token, and the sealed row itself. */
export function secretsOf(
  dir: string,
  log: Log,
  id: string,
  type = 'customer',
): { numbers: Uint8Array[]; secrets: Record<string, Uint8Array> } {
  const db = new Database(join(dir, 'vault.db'), { readonly: true });
  const rows = db
    .prepare<[Uint8Array], { number: Buffer; box: Buffer }>('SELECT number, box FROM handle WHERE person = ?')
    .all(log.vault.personKey(type, id));
  const macs = db.prepare<[], { mac: Buffer; numbers: Buffer }>('SELECT mac, numbers FROM same').all();
  db.close();
  const secrets: Record<string, Uint8Array> = { [`token of ${id}`]: log.vault.personKey(type, id) };
  for (const [i, { number, box }] of rows.entries()) {
    const handle = log.vault.handle(number);
    if (handle === undefined || handle === 'damaged') throw new Error('a handle of the vault does not open');
    const of = `of handle ${i} of ${id}`;
    Object.assign(secrets, {
      [`number ${of}`]: number,
      [`salt ${of}`]: handle.salt,
      [`key ${of}`]: handle.key,
    });
    // A piece of each part of the box: a page may hold it cut off.
    for (let at = 0; at + 16 <= box.length; at += 16)
      secrets[`box at ${at} ${of}`] = box.subarray(at, at + 16);
    for (const [m, { mac, numbers }] of macs.entries())
      if (numbers.includes(number)) secrets[`sameness ${m} ${of}`] = mac;
  }
  return { numbers: rows.map(({ number }) => number), secrets };
}

/** Only files of the vault: the log names destroyed numbers, which is what it is for. */
export function vaultFiles(dir: string): string {
  const to = place();
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    if (existsSync(join(dir, `vault.db${suffix}`)))
      copyFileSync(join(dir, `vault.db${suffix}`), join(to, `vault.db${suffix}`));
  return to;
}

/** Full verification with the vault as it is. */
export async function verified(dir: string): Promise<{ size: number; codes: string[] }> {
  const vault = await openVaultReader(dir, { heal: false });
  const report = await verifyLog(dir, { vault, threads: 1 });
  vault.close();
  return { size: report.size, codes: [...report.failures, ...report.warnings].map((f) => f.code) };
}

/** Whom each mention of a log stands for, by entry; undefined where nobody can tell. */
export async function opening(dir: string): Promise<(string | undefined)[]> {
  const vault = await openVaultReader(dir);
  await using reader = await openReader(dir);
  const who: (string | undefined)[] = [];
  for await (const chunk of reader.read(0, Number.MAX_SAFE_INTEGER))
    for (const { index, bytes } of chunk) {
      const { id, subjects } = JSON.parse(Buffer.from(bytes ?? '').toString()) as {
        id: string;
        subjects?: { ref: string; ptr: string }[];
      };
      const [mention] = subjects ?? [];
      who[index] = mention && vault.open(Buffer.from(id.replaceAll('-', ''), 'hex'), 2, mention)?.id;
    }
  vault.close();
  return who;
}
