import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Bucket } from '../bucket/bucket.ts';
import { StoreError } from '../store-error.ts';

/** What races for keys showed. */
export interface Races {
  /** At every key exactly one create won, and the others were told that it was taken. */
  readonly isAtomic: boolean;
  /** Whoever looked after its own write saw the version that was the oldest ever after. */
  readonly isOrderStable: boolean;
  /** Most creates that won one key. */
  readonly mostWinners: number;
}

const KEYS = 12;
const TRIES = 5;

/** Has all these clients create each of some keys at once, every one with bytes of its own. */
export async function race(clients: readonly Bucket[], prefix: string): Promise<Races> {
  // Connections first, so that the first race is one.
  await Promise.all(clients.map((client) => client.list(prefix, undefined, 1)));
  let [isAtomic, isOrderStable, mostWinners] = [true, true, 0];
  for (let n = 0; n < KEYS; n++) {
    const seen = await Promise.all(clients.map((client) => run(client, `${prefix}race-${n}`)));
    const winners = seen.filter(({ won }) => won).length;
    mostWinners = Math.max(mostWinners, winners);
    if (winners !== 1) isAtomic = false;
    const last = await oldest(clients[0], `${prefix}race-${n}`);
    if (last === undefined || seen.some((one) => one.oldest !== last)) isOrderStable = false;
  }
  return { isAtomic, isOrderStable, mostWinners };
}

async function run(
  client: Bucket,
  key: string,
): Promise<{ readonly won: boolean; readonly oldest: string | undefined }> {
  return { won: await isWon(client, key), oldest: await oldest(client, key) };
}

async function isWon(client: Bucket, key: string): Promise<boolean> {
  const body = randomBytes(64);
  for (let tries = 1; ; tries++) {
    const outcome = await client.create(key, body);
    if (outcome.kind !== 'unknown') return outcome.kind === 'made';
    const { cause } = outcome;
    if (tries === TRIES)
      throw new StoreError('STORE_IO', `no clear answer when making ${key} (${cause.message})`, { cause });
    await delay(20 * 2 ** tries * Math.random());
  }
}

/** The version that is listed last. */
async function oldest(client: Bucket | undefined, key: string): Promise<string | undefined> {
  return (await client?.versions(key))?.findLast(({ isDeleteMarker }) => !isDeleteMarker)?.versionId;
}

/** Whether versions that were put one after the other are listed so. */
export async function isListedInOrder(bucket: Bucket, key: string): Promise<boolean> {
  const put: (string | undefined)[] = [];
  for (let n = 0; n < TRIES; n++) {
    const outcome = await bucket.put(key, randomBytes(64));
    // What may or may not be there tells nothing.
    if (outcome.kind === 'made') put.push(outcome.versionId);
  }
  const listed = (await bucket.versions(key)).map(({ versionId }) => versionId).toReversed();
  return put.length > 1 && put.join() === listed.filter((id) => put.includes(id)).join();
}
