import type { RemoteVault } from '../../port.ts';
import { destroyHandles } from '../destroy.ts';
import type { HandleRow } from '../handle.ts';
import { SQL } from '../statements.ts';
import type { VaultFile } from '../vault-file.ts';
import { decodeHandle } from './handle-object.ts';
import { takeIn } from './mirror.ts';

/** Handles asked for at once. */
const ROUND = 256;

/**
 * Gives this machine's vault every handle that the log's vault has, and takes from it those that are gone there. What was
 * edited there is left out, so that verification finds that mentions lead to no handle.
 */
export async function syncMirror(vault: VaultFile, remote: RemoteVault): Promise<void> {
  const has = vault.db.prepare<[Uint8Array]>(SQL.hasHandle);
  const there = new Set<string>();
  const before = numbersOf(vault);
  let missing: Uint8Array[] = [];
  for await (const chunk of remote.numbers())
    for (const number of chunk) {
      there.add(latin1(number));
      if (has.get(number) !== undefined) continue;
      missing.push(number);
      if (missing.length < ROUND) continue;
      await fetchInto(vault, remote, missing);
      missing = [];
    }
  await fetchInto(vault, remote, missing);
  // Those made here meanwhile are not in the list that was begun before them.
  const gone = before.filter((number) => !there.has(latin1(number)));
  if (gone.length > 0) destroyHandles(vault, gone);
}

/** Gives this machine's vault handles that the log's vault has. */
export async function fetchInto(
  vault: VaultFile,
  remote: RemoteVault,
  numbers: readonly Uint8Array[],
): Promise<void> {
  if (numbers.length === 0) return;
  const bodies = await remote.get(numbers);
  const rows = numbers.flatMap((number, i): HandleRow[] => {
    const body = bodies[i];
    const row = body && decodeHandle(vault.kek, number, body);
    return row === undefined ? [] : [row];
  });
  takeIn(vault, rows);
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
