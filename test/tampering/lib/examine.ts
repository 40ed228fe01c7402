import { join } from 'node:path';
import type { Finding } from '@zegel/core';
import { openReader, openVaultReader, type VaultReader, type VerifyOptions, verifyLog } from '@zegel/log';
import { compareIndex, indexVault } from '@zegel/search';
import { atHome } from './at-home.ts';
import type { Held, Wanted } from './attack.ts';
import type { Scene } from './scene.ts';

/** What was found: failures and warnings, and how many bodies were missing under a cover. */
export interface Found {
  readonly findings: readonly Pick<Finding, 'code' | 'index' | 'message'>[];
  readonly pruned: number;
}

/** Verifies a log as somebody does who holds just so much, on the machine that keeps its data in `home`. */
export async function examine(
  scene: Scene,
  holds: readonly Held[],
  options: VerifyOptions = {},
  home: string | undefined = scene.bucket?.home,
): Promise<Found> {
  const { dir } = scene;
  const vault = holds.includes('vault') ? await openVault(scene, home) : undefined;
  try {
    const report = await atHome(home, () =>
      verifyLog(dir, {
        ...(holds.includes('vkey') && { vkey: scene.vkey }),
        ...(holds.includes('checkpoint') && { held: [{ note: scene.checkpoint, from: 'a mail' }] }),
        ...(holds.includes('state') && { state: scene.state }),
        ...(vault !== undefined && { vault }),
        ...options,
      }),
    );
    const around = holds.includes('index') ? await examineIndex(scene, home) : [];
    return { findings: [...report.failures, ...report.warnings, ...around], pruned: report.pruned };
  } finally {
    vault?.close();
  }
}

function openVault({ dir, bucket, keys }: Scene, home: string | undefined): Promise<VaultReader> {
  return atHome(home, () => openVaultReader(bucket?.vaultUrl ?? dir, { keys, heal: false }));
}

async function examineIndex(scene: Scene, home: string | undefined): Promise<readonly Finding[]> {
  await using log = await atHome(home, () => openReader(scene.dir));
  const vault = await openVault(scene, home);
  try {
    const { findings } = await compareIndex({
      path: join(scene.machine, 'index.db'),
      log,
      vault: indexVault(vault, log.origin),
    });
    return findings;
  } finally {
    vault.close();
  }
}

/** Each code found, once, with the first entry concerned; in the order of the codes. */
export function firsts({ findings }: Found): readonly Wanted[] {
  const first = new Map<Wanted['code'], number | undefined>();
  for (const { code, index } of findings) {
    const before = first.get(code);
    if (!first.has(code) || (index !== undefined && index < (before ?? Number.POSITIVE_INFINITY)))
      first.set(code, index);
  }
  return inOrder([...first].map(([code, index]) => (index === undefined ? { code } : { code, index })));
}

export function inOrder(wanted: readonly Wanted[]): readonly Wanted[] {
  return wanted.toSorted((a, b) => a.code.localeCompare(b.code));
}
