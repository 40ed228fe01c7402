import type { StoredHead } from '@zegel/log/port';
import { newestHead } from '../replica/lookups.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { Context } from './context.ts';
import type { Follower } from './follower.ts';

/** The newest checkpoint, and nothing newer than the entries taken in, if these can be had. */
export async function newest(
  { replica }: Context,
  follower: Follower,
  checkpoints: Checkpoints,
): Promise<StoredHead | undefined> {
  const head = await checkpoints.newest();
  if (head === undefined || head.size <= replica.state().next) return head;
  // Someone appended in between, or else what it covers is lost.
  await follower.refresh();
  return checkpoints.newest();
}

/** Size of the log as followers see it: one listing where nothing has come, and a read more where something has. */
export async function followedSize(
  context: Context,
  follower: Follower,
  checkpoints: Checkpoints,
): Promise<number> {
  await follower.refresh();
  const { replica, signer } = context;
  const { next } = replica.state();
  if (signer !== undefined) return next;
  const known = replica.read(newestHead)?.size ?? 0;
  if (known >= next) return known;
  return ((await checkpoints.at(next)) ?? (await newest(context, follower, checkpoints)))?.size ?? 0;
}

/** The same as far as this machine knows without asking. */
export function localSize({ replica, signer }: Context): number {
  return signer === undefined ? (replica.read(newestHead)?.size ?? 0) : replica.state().next;
}
