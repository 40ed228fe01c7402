import { join } from 'node:path';
import type { Finding } from '@zegel/core';
import { openReader, openVaultReader, type VerifyOptions, verifyLog } from '@zegel/log';
import { compareIndex, indexVault } from '@zegel/search';
import type { Held, Wanted } from './attack.ts';
import type { Scene } from './scene.ts';

/** What was found: failures and warnings, and how many bodies were missing under a cover. */
export interface Found {
  readonly findings: readonly Pick<Finding, 'code' | 'index' | 'message'>[];
  readonly pruned: number;
}

/** Verifies a log as somebody does who holds just so much. */
export async function examine(
  scene: Scene,
  holds: readonly Held[],
  options: VerifyOptions = {},
): Promise<Found> {
  const vault = holds.includes('vault')
    ? await openVaultReader(scene.dir, { keys: scene.keys, heal: false })
    : undefined;
  try {
    const report = await verifyLog(scene.dir, {
      ...(holds.includes('vkey') && { vkey: scene.vkey }),
      ...(holds.includes('checkpoint') && { held: [{ note: scene.checkpoint, from: 'a mail' }] }),
      ...(holds.includes('state') && { state: scene.state }),
      ...(vault !== undefined && { vault }),
      ...options,
    });
    const around = holds.includes('index') ? await examineIndex(scene) : [];
    return { findings: [...report.failures, ...report.warnings, ...around], pruned: report.pruned };
  } finally {
    vault?.close();
  }
}

async function examineIndex({ dir, keys }: Scene): Promise<readonly Finding[]> {
  await using log = await openReader(dir);
  const vault = await openVaultReader(dir, { keys, heal: false });
  try {
    const { findings } = await compareIndex({
      path: join(dir, 'index.db'),
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
