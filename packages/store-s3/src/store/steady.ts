import type { Replica } from '../replica/replica.ts';
import { ReplicaDamaged } from '../replica/replica-damaged.ts';
import { StoreError } from '../store-error.ts';

/** Times that something is tried while other processes empty the replica that it reads. */
export const TRIES = 5;

/**
 * Does `work`, which changes nothing that counts, again where the replica was emptied meanwhile, by whomever.
 *
 * @param refresh takes in what there is
 * @throws StoreError `STORE_BUSY` when that happens again and again
 */
export async function steadily<T>(
  replica: Replica,
  refresh: () => Promise<void>,
  work: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; tries <= TRIES; tries++) {
    let generation: string | undefined;
    try {
      if (tries > 1) await refresh();
      ({ generation } = replica.state());
      const result = await work();
      if (replica.state().generation === generation) return result;
    } catch (cause) {
      if (!wasEmptied(replica, generation, cause)) throw cause;
    }
  }
  throw unsteady();
}

/** Whether something failed because the replica was emptied under its feet. */
export function wasEmptied(replica: Replica, generation: string | undefined, cause: unknown): boolean {
  if (cause instanceof ReplicaDamaged) return true;
  try {
    return generation !== undefined && replica.state().generation !== generation;
  } catch (damage) {
    return damage instanceof ReplicaDamaged;
  }
}

/** Others emptied it each time. */
export function unsteady(): StoreError {
  return new StoreError('STORE_BUSY', 'what this machine keeps of the log was emptied again and again');
}
