import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from '@zegel/core';
import { type AccessEvent, type Log, openLog, openReader, openVaultReader, verifyLog } from '@zegel/log';
import { indexVault, openIndex } from '@zegel/search';
import type { BucketCopy } from './bucket-copy.ts';
import { registerOne, registerTwo } from './register.ts';

export const ORIGIN = 'shop.example/audit';

/** Where things stand in the log of the scene; making it checks each. */
export const AT = {
  genesis: 0,
  registerOne: 1,
  /** 40 accesses in one commit. */
  batch: 2,
  /** 8 accesses, a commit each. */
  singles: 42,
  /** One event in three parts. */
  parts: 50,
  registerTwo: 53,
  /** A customer's service ended. */
  ended: 54,
  /** Accesses by the case, under registers version 2; the checkpoint kept elsewhere covers them. */
  cases: 55,
  /** Number of entries under that checkpoint. */
  kept: 75,
  /** Names the handles of the case `order-1` as destroyed. */
  destroyed: 75,
  /** A hold without subjects on the activity `orders`, and its end. */
  hold: 76,
  held: 77,
  lifted: 81,
  /** 190 accesses in one commit: rows of 64, 64, 62. */
  last: 82,
  size: 272,
} as const;

/** A log with its keys, and beside it what is kept where its operator can't reach. */
export interface Scene {
  readonly root: string;
  /** What the log is opened by: its folder (log.db, vault.db, index.db), or a place in a bucket. */
  readonly dir: string;
  /** Folder of index.db: that of the log, or what the verifier's machine keeps of one in a bucket. */
  readonly machine: string;
  /** Folder of vault.db, likewise. */
  readonly mirror: string;
  /** The log's objects in the hands of a thief, where it is in a bucket. */
  readonly bucket?: BucketCopy;
  /** The log's keys; a thief has them. */
  readonly keys: string;
  /** As log and vault were at the checkpoint kept elsewhere. */
  readonly older: string;
  /** The state file of a verifier who saw all of the log. */
  readonly state: string;
  /** The checkpoint of {@link AT.kept} entries, and the verifier key. */
  readonly checkpoint: string;
  readonly vkey: string;
}

type Paths = Pick<Scene, 'root' | 'dir' | 'machine' | 'mirror' | 'keys' | 'older' | 'state'>;

function paths(root: string): Paths {
  const at = (name: string): string => join(root, name);
  const dir = at('log');
  return {
    root,
    dir,
    machine: dir,
    mirror: dir,
    keys: at('keys'),
    older: at('older'),
    state: at('state.json'),
  };
}

/** Makes the scene in a folder of its own. */
export async function makeScene(): Promise<Scene> {
  const root = mkdtempSync(join(tmpdir(), 'zegel-tampering-'));
  const scene = paths(root);
  mkdirSync(scene.dir);
  const kept = await play(scene, () => {
    cpSync(scene.dir, scene.older, { recursive: true });
  });
  return { ...scene, ...kept };
}

/** Lets everything happen that the log of a scene tells of; `half` is called when its first half is written. */
export async function play(
  scene: Pick<Scene, 'dir' | 'machine' | 'keys' | 'state'>,
  half: () => void | Promise<void>,
): Promise<Pick<Scene, 'checkpoint' | 'vkey'>> {
  await firstHalf(scene);
  const reader = await openReader(scene.dir);
  const [checkpoint, { vkey }] = [await reader.checkpoint(), reader];
  await reader.close();
  await half();
  await secondHalf(scene);
  await makeIndex(scene);
  const report = await verifyLog(scene.dir, { state: scene.state, vkey });
  assert(report.ok && report.size === AT.size, `the scene is not sound: ${JSON.stringify(report.failures)}`);
  return { checkpoint, vkey };
}

/** A copy to be tampered with. */
export function copyScene(scene: Scene): Scene {
  const root = mkdtempSync(join(tmpdir(), 'zegel-tampering-'));
  const copy = paths(root);
  for (const part of ['dir', 'keys', 'older', 'state'] as const)
    cpSync(scene[part], copy[part], { recursive: true });
  return { ...scene, ...copy };
}

export function removeScene({ root }: Scene): void {
  rmSync(root, { recursive: true, force: true });
}

async function firstHalf({ dir, keys }: { dir: string; keys: string }): Promise<void> {
  {
    await using log = await openLog(dir, { register: registerOne, create: { origin: ORIGIN }, keys });
    await append(
      log,
      AT.batch,
      Array.from({ length: AT.singles - AT.batch }, (_, i) => event(i)),
    );
    for (let i = AT.singles; i < AT.parts; i++) await append(log, i, [event(i, { id: `given-${i}` })]);
    await append(log, AT.parts, [event(1, { subjects: people(700), case: 'mailing' })]);
  }
  await using log = await openLog(dir, { register: registerTwo, keys });
  const ended = await log.record({
    kind: 'lifecycle',
    bodies: [{ event: 'service-ended' }],
    subjects: people(1),
  });
  assert(ended.index === AT.ended, 'the lifecycle entry stands elsewhere');
  const cases = Array.from({ length: AT.kept - AT.cases }, (_, i) => event(i, { case: `order-${i % 4}` }));
  await append(log, AT.cases, cases);
}

async function secondHalf({ dir, keys }: { dir: string; keys: string }): Promise<void> {
  await using log = await openLog(dir, { keys });
  const numbers = log.vault.handlesOf('customer', 'c-1').filter(({ month }) => month === null);
  const { receipt } = await log.destroy({
    numbers: numbers.map((h) => h.number),
    activity: 'orders',
    rule: 'erasure',
  });
  assert(receipt.index === AT.destroyed, 'the retention entry stands elsewhere');
  const hold = { activity: 'orders', subjects: [], subjectCount: 0 };
  await log.record({ kind: 'hold', bodies: [{ ...hold, state: 'placed' }] });
  await append(
    log,
    AT.held,
    Array.from({ length: AT.lifted - AT.held }, (_, i) => event(i)),
  );
  await log.record({ kind: 'hold', bodies: [{ ...hold, state: 'lifted', of: AT.hold }] });
  await append(
    log,
    AT.last,
    Array.from({ length: AT.size - AT.last }, (_, i) => event(i)),
  );
}

/** Makes the index, or brings it up to the log. */
export async function makeIndex({
  dir,
  machine,
  keys,
}: Pick<Scene, 'dir' | 'machine' | 'keys'>): Promise<void> {
  await using log = await openReader(dir);
  const vault = await openVaultReader(dir, { keys });
  const path = join(machine, 'index.db');
  const index = await openIndex({ path, log, vault: indexVault(vault, log.origin), mode: 'write' });
  await index.catchUp();
  index.close();
  vault.close();
}

async function append(log: Log, at: number, events: readonly AccessEvent[]): Promise<void> {
  const [receipt] = await log.append(events);
  assert(receipt?.index === at, `the events stand at ${receipt?.index}, not at ${at}`);
}

/** So many mentions of a few persons: a handle each would be an object each in a bucket. */
function people(count: number): { type: string; id: string }[] {
  return Array.from({ length: count }, (_, i) => ({ type: 'customer', id: `c-${i % 20}` }));
}

/** An ordinary event, varied by a number. */
export function event(i: number, more: Partial<AccessEvent> = {}): AccessEvent {
  return {
    action: i % 3 === 0 ? 'update' : 'read',
    operation: 'customer.show',
    activity: 'orders',
    actor: { kind: 'employee', id: `e-${i % 3}`, role: 'support', ip: `192.0.2.${i % 200}` },
    subjects: [{ type: 'customer', id: `c-${i % 7}` }],
    fields: i % 2 === 0 ? ['email', 'name'] : ['name'],
    service: 'dashboard',
    reason: `call ${i}`,
    ...more,
  };
}
