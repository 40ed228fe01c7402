import type { RemoteVault } from '../../port.ts';
import type { VaultDamage } from '../damage.ts';
import { destroyHandles } from '../destroy.ts';
import type { HandleRow } from '../handle.ts';
import { SQL } from '../statements.ts';
import type { VaultFile } from '../vault-file.ts';
import { decodeHandle } from './handle-object.ts';
import { takeIn } from './mirror.ts';

/** Handles asked for at once. */
const ROUND = 256;

/** How a vault is synchronised. */
export interface SyncOptions {
  /** Also looks at what this machine has already. */
  readonly isWhole?: boolean;
  /** Called when another part has come. */
  readonly onProgress?: () => void;
}

/**
 * Gives this machine's vault every handle that the log's vault has, and takes from it those that are gone there. What was
 * edited there is left out, so that verification finds that mentions lead to no handle.
 *
 * @returns what is there and is no handle as it was sealed, of those looked at
 */
export async function syncMirror(
  vault: VaultFile,
  remote: RemoteVault,
  { isWhole = false, onProgress }: SyncOptions = {},
): Promise<readonly VaultDamage[]> {
  const has = vault.db.prepare<[Uint8Array]>(SQL.hasHandle);
  const there = new Set<string>();
  const damages: VaultDamage[] = [];
  const before = numbersOf(vault);
  let wanted: Uint8Array[] = [];
  for await (const chunk of remote.numbers()) {
    onProgress?.();
    for (const number of chunk) {
      there.add(latin1(number));
      if (!isWhole && has.get(number) !== undefined) continue;
      wanted.push(number);
      if (wanted.length < ROUND) continue;
      damages.push(...(await fetchInto(vault, remote, wanted)));
      onProgress?.();
      wanted = [];
    }
  }
  damages.push(...(await fetchInto(vault, remote, wanted)));
  // Those made here meanwhile are not in the list that was begun before them.
  const gone = before.filter((number) => !there.has(latin1(number)));
  if (gone.length > 0) destroyHandles(vault, gone);
  return damages;
}

/** Gives this machine's vault handles that the log's vault has, and it lacks; returns those that are none. */
export async function fetchInto(
  vault: VaultFile,
  remote: RemoteVault,
  numbers: readonly Uint8Array[],
): Promise<readonly VaultDamage[]> {
  if (numbers.length === 0) return [];
  const bodies = await remote.get(numbers);
  const rows: HandleRow[] = [];
  const damages: VaultDamage[] = [];
  for (const [i, number] of numbers.entries()) {
    const body = bodies[i];
    if (body === undefined) continue; // destroyed since it was listed
    const row = decodeHandle(vault.kek, number, body);
    if (row !== undefined) rows.push(row);
    else damages.push({ message: `${nameOf(number)} is not as it was sealed`, number, isElsewhere: true });
  }
  takeIn(vault, rows);
  return damages;
}

function nameOf(number: Uint8Array): string {
  return `handle/${Buffer.from(number).toString('hex')}`;
}

function numbersOf({ db }: VaultFile): Buffer[] {
  const page = db.prepare<[Uint8Array], { number: Buffer }>(SQL.numbers);
  const all: Buffer[] = [];
  for (let rows = page.all(Buffer.alloc(0)); rows.length > 0; rows = page.all(all.at(-1) ?? Buffer.alloc(0)))
    all.push(...rows.map(({ number }) => number));
  return all;
}

function latin1(number: Uint8Array): string {
  return Buffer.from(number.buffer, number.byteOffset, number.length).toString('latin1');
}
