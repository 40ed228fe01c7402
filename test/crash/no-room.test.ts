import { execFileSync } from 'node:child_process';
import {
  closeSync,
  cpSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { type AccessEvent, type Log, openLog, openReader, type Receipt } from '@zegel/log';
import { describe, expect, onTestFinished, test } from 'vitest';
import { checkAfterCrash, place, type Told } from './drill.ts';

// The system's own, no packages.
const [MOUNT, UNMOUNT] = ['mount', 'umount'];
const ORIGIN = 'crash.example/audit';

/** Mounts a file system of its own; false where we may not. */
function mount(dir: string, size: string): boolean {
  try {
    execFileSync(MOUNT, ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', dir], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function unmount(dir: string): void {
  execFileSync(UNMOUNT, ['-l', dir], { stdio: 'ignore' });
}

function mayMount(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    execFileSync(
      'sh',
      ['-c', 'd=$(mktemp -d) && mount -t tmpfs tmpfs "$d"; s=$?; umount "$d" 2>&1; rmdir "$d"; exit $s'],
      { stdio: 'ignore' },
    );
    return true;
  } catch {
    return false;
  }
}

/** A mounted file system for one test. */
function volume(size: string): string {
  const dir = place();
  if (!mount(dir, size)) throw new Error('mounting worked a moment ago');
  onTestFinished(() => unmount(dir));
  return dir;
}

let n = 0;

/** One request of one event whose subject says so, as the check after a crash wants it. */
function event(): AccessEvent {
  n++;
  return {
    action: 'read',
    activity: 'general',
    actor: { kind: 'employee', id: 'e-17', userAgent: 'x'.repeat(2000) },
    subjects: [{ type: 'request', id: `room:${n}:1:0:0` }],
    fields: ['name'],
    service: 'crash',
  };
}

/** Appends until it is refused. */
async function fill(log: Log, told: Told[]): Promise<{ code?: string; message?: string }> {
  for (let i = 0; i < 20_000; i++)
    try {
      const receipts = await Promise.all(
        Array.from({ length: 20 }, () => log.append([event()]).catch((e: unknown) => e)),
      );
      for (const r of receipts) if (!(r instanceof Error)) told.push(...(r as Receipt[]));
      const error = receipts.find((r) => r instanceof Error);
      if (error !== undefined) throw error;
    } catch (error) {
      return error as { code?: string };
    }
  throw new Error('it never got full');
}

const full = { code: 'STORE_FULL', message: expect.stringMatching(/no space/i) as string };

describe.skipIf(!mayMount())('where file systems can be mounted: a full disk', () => {
  test('refuses the append, loses nothing, and appends go on once there is room', async () => {
    const dir = volume('3m');
    const ballast = join(dir, 'ballast');
    writeFileSync(ballast, Buffer.alloc(500_000));
    const told: Told[] = [];
    const log = await openLog(dir, { create: { origin: ORIGIN } });
    expect(await fill(log, told)).toMatchObject(full);
    await expect(log.append([event()])).rejects.toMatchObject({ code: 'STORE_FULL' });
    rmSync(ballast);
    told.push(...(await log.append([event()])));
    await log.close();
    const elsewhere = place(); // verification wants room of its own
    cpSync(dir, elsewhere, { recursive: true });
    expect(await checkAfterCrash(elsewhere, told)).toBeGreaterThan(told.length);
  });

  test('of the vault alone refuses what needs a new handle, and takes it once there is room', async () => {
    const [dir, small] = [place(), volume('600k')];
    await (await openLog(dir, { create: { origin: ORIGIN } })).close();
    cpSync(join(dir, 'vault.db'), join(small, 'vault.db'));
    rmSync(join(dir, 'vault.db'));
    symlinkSync(join(small, 'vault.db'), join(dir, 'vault.db'));
    const told: Told[] = [];
    const log = await openLog(dir);
    stuff(small);
    expect(await fill(log, told)).toMatchObject(full);
    rmSync(join(small, 'ballast'));
    told.push(...(await log.append([event()])));
    await log.close();
    await checkAfterCrash(dir, told);
  });

  test('of the keys alone: no receipt before the checkpoint is kept there, and the entry is there once', async () => {
    const [dir, small] = [place(), volume('600k')];
    const keys = join(small, 'keys');
    const log = await openLog(dir, { create: { origin: ORIGIN }, keys });
    truncateSync(join(keys, 'signed')); // so that keeping it takes room
    stuff(small);
    const named = { ...event(), id: 'named' };
    await expect(log.append([named])).rejects.toMatchObject(full);
    await expect(log.append([named])).rejects.toMatchObject(full);
    rmSync(join(small, 'ballast'));
    const [receipt] = await log.append([named]);
    expect(await log.size()).toBe(3);
    expect(readFileSync(join(keys, 'signed'), 'utf8')).toBe(await log.checkpoint());
    await log.close();
    cpSync(keys, join(dir, 'keys'), { recursive: true });
    await checkAfterCrash(dir, receipt === undefined ? [] : [receipt]);
  });

  test('from the start makes no log, and makes it once there is room', async () => {
    const dir = volume('400k');
    stuff(dir);
    await expect(openLog(join(dir, 'log'), { create: { origin: ORIGIN } })).rejects.toMatchObject({
      code: 'STORE_FULL',
    });
    rmSync(join(dir, 'ballast'));
    await (await openLog(join(dir, 'log'), { create: { origin: ORIGIN } })).close();
  });

  test('and then a read-only one: refused, and good once it can be written', async () => {
    const dir = volume('5m');
    const told: Told[] = [];
    const log = await openLog(dir, { create: { origin: ORIGIN } });
    told.push(...(await log.append([event()])));
    await log.close();
    execFileSync(MOUNT, ['-o', 'remount,ro', dir]);
    await expect(openLog(dir)).rejects.toMatchObject({ code: 'STORE_READ_ONLY' });
    await expect(openLog(join(dir, 'new'), { create: { origin: ORIGIN } })).rejects.toMatchObject({
      code: 'STORE_READ_ONLY',
    });
    await using reader = await openReader(dir);
    expect(await reader.size()).toBe(3);
    execFileSync(MOUNT, ['-o', 'remount,rw', dir]);
    const elsewhere = place();
    cpSync(dir, elsewhere, { recursive: true });
    await checkAfterCrash(elsewhere, told);
  });
});

/** Takes all the room that is left. */
function stuff(dir: string): void {
  const fd = openSync(join(dir, 'ballast'), 'w');
  const forever = (): never => {
    for (;;) writeSync(fd, Buffer.alloc(4096));
  };
  expect(forever).toThrow('ENOSPC');
  closeSync(fd);
}
