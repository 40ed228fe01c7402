import { parseUuid } from '@zegel/core';
import { openLog } from '@zegel/log';
import { openStore as openBucketStore } from '@zegel/store-s3';
import { openStore } from '@zegel/store-sqlite';
import { stolenKey } from './loot.ts';
import { AT, type Scene } from './scene.ts';

/** Ranges of accesses by the case, all but one entry of them. */
const RANGES = [
  [AT.cases, AT.cases + 4],
  [AT.cases + 6, AT.kept - 1],
] as const;

/** How many bodies {@link pruneLawfully} removes. */
export const PRUNED: number = AT.kept - AT.cases - 1;

/** Destroys every handle that the entries use, appends the cover, and has the store remove the bodies. */
export async function pruneLawfully(scene: Scene): Promise<void> {
  await prune(scene, RANGES);
}

/** The same for ranges of one's own. */
export async function prune(scene: Scene, ranges: readonly (readonly [number, number])[]): Promise<void> {
  const { dir, keys, bucket } = scene;
  await bucket?.ownVault();
  await using log = await openLog(dir, { keys });
  const numbers: Uint8Array[] = [];
  for (const [first, last] of ranges)
    for await (const entries of log.read(first, last + 1))
      for (const { bytes } of entries) numbers.push(...numbersIn(bytes, log.vault));
  const [activity, rule] = ['orders', 'retention'];
  await log.destroy({ numbers, activity, rule });
  const cutoff = new Date().toISOString();
  const cover = await log.record({
    kind: 'retention',
    bodies: [{ activity, rule, cutoff, handles: [], ranges }],
  });
  const store =
    bucket === undefined
      ? await openStore(dir, { mode: 'write' })
      : await openBucketStore(dir, { mode: 'write', signer: stolenKey(scene) });
  await store.prune({ by: cover.index, ranges });
  await store.close();
}

interface Mentions {
  readonly id: string;
  readonly part?: { readonly number: number };
  readonly actor: { readonly person?: { readonly ptr: string } };
  readonly subjects: readonly { readonly ptr: string }[];
}

function numbersIn(
  bytes: Uint8Array | undefined,
  vault: { numberOf(id: Uint8Array, position: number, ptr: string): Uint8Array },
): Uint8Array[] {
  const { id, actor, subjects } = JSON.parse(Buffer.from(bytes ?? []).toString()) as Mentions;
  const entryId = parseUuid(id);
  const at = (position: number, ptr: string): Uint8Array => vault.numberOf(entryId, position, ptr);
  const acting = actor.person === undefined ? [] : [at(0, actor.person.ptr)];
  return [...acting, ...subjects.map(({ ptr }, i) => at(2 + i, ptr))];
}
