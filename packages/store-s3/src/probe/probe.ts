import { randomBytes } from 'node:crypto';
import { Bucket } from '../bucket/bucket.ts';
import type { Terms } from '../lock.ts';
import { type LockRule, parseS3Url, type S3Place } from '../s3-url.ts';
import { isNestedListed } from '../publish/nested.ts';
import { StoreError } from '../store-error.ts';
import { apart } from '../bucket/time-words.ts';
import { wrongClock } from '../store/own-clock.ts';
import { judgeLogBucket, tryLock } from './log-bucket.ts';
import { isListedInOrder, type Races, race } from './race.ts';
import { judgeVaultBucket, judgeVaultRaces, tryDelete } from './vault-bucket.ts';
import { noWords, type Words } from './words.ts';

/** What a look at both buckets found. */
export interface Probe {
  /** What makes the place unfit, a sentence each, with what would mend it; empty when it is fit. */
  readonly missing: readonly string[];
  /** What else whoever starts a log should know. */
  readonly notes: readonly string[];
  /** Whether exactly one of several creates won each key of the log's bucket. */
  readonly atomicCreates: boolean;
  /** Whether the oldest version of a key stayed the oldest. */
  readonly stableOrder: boolean;
}

/** What is to be held against the lock. */
export interface ProbeOptions {
  readonly terms?: Terms;
}

const RACERS = 8;
const DAY_MS = 86_400_000;
const SKEW_MS = 5000;

/**
 * Looks whether the buckets of a URL can hold a log and its vault: their settings, whether a lock holds, and by
 * racing itself with eight clients whether creates are atomic and old versions stay old (format v1 §6). Writes
 * under `probe/` and clears up after itself, but for one object that a lock keeps for a minute. A race that shows
 * nothing proves nothing; one that shows something does.
 *
 * @throws StoreError STORE_NOT_FOUND, STORE_READ_ONLY, STORE_FULL, STORE_IO: the probe could not be made
 */
export async function probe(url: string, { terms = {} }: ProbeOptions = {}): Promise<Probe> {
  const place = parseS3Url(url);
  const words = noWords();
  const prefix = `probe/${randomBytes(6).toString('hex')}/`;
  const races = await withBuckets(place, place.bucket, (clients) => probeLog(clients, prefix, place, words));
  judgeRaces(races, words);
  await withBuckets(place, place.vaultBucket, (clients) => probeVault(clients, prefix, words));
  judgeTerms(place.lock, terms, words);
  return { ...words, atomicCreates: races.isAtomic, stableOrder: races.isOrderStable };
}

async function withBuckets<T>(
  { prefix, endpoint, region }: S3Place,
  bucket: string,
  work: (clients: readonly [Bucket, ...Bucket[]]) => Promise<T>,
): Promise<T> {
  const open = (): Bucket => new Bucket({ bucket, prefix, endpoint, region });
  const clients: [Bucket, ...Bucket[]] = [open()];
  while (clients.length < RACERS) clients.push(open());
  try {
    return await work(clients);
  } finally {
    for (const client of clients) client.close();
  }
}

type Clients = readonly [Bucket, ...Bucket[]];

async function probeLog(clients: Clients, prefix: string, place: S3Place, words: Words): Promise<Races> {
  const [bucket] = clients;
  const { lock: rule } = place;
  const settings = await bucket.settings();
  judgeLogBucket(place, settings, words);
  judgeClock(bucket, words);
  if (rule.mode !== 'none' && settings.objectLock) await tryLock(bucket, `${prefix}lock`, rule.mode, words);
  try {
    const races = await race(clients, prefix);
    await tryNested(bucket, `${prefix}nested`, words);
    const isListed = settings.versioning !== 'enabled' || (await isListedInOrder(bucket, `${prefix}order`));
    return { ...races, isOrderStable: races.isOrderStable && isListed };
  } finally {
    await clearUp(bucket, prefix, words);
  }
}

async function tryNested(bucket: Bucket, key: string, words: Words): Promise<void> {
  if (await isNestedListed(bucket, key)) return;
  words.notes.push(
    'An object hides from listings what is under its name here: `zegel publish` will refuse without --to, for a public "checkpoint" would hide the checkpoints of the log.',
  );
  // What it hides is listed for clearing up once it is gone.
  await clearUp(bucket, key, words);
}

async function probeVault(clients: Clients, prefix: string, words: Words): Promise<void> {
  const [bucket] = clients;
  judgeVaultBucket(bucket.place.bucket, await bucket.settings(), words);
  try {
    judgeVaultRaces(bucket.place.bucket, await race(clients, prefix), words);
    await tryDelete(bucket, `${prefix}delete`, words);
  } finally {
    await clearUp(bucket, prefix, words);
  }
}

function judgeRaces({ isAtomic, isOrderStable, mostWinners }: Races, { missing, notes }: Words): void {
  if (isAtomic && isOrderStable) {
    notes.push('Creates were atomic, and versions were listed as they arrived: several writers are safe.');
  } else if (isOrderStable) {
    notes.push(
      `Creates are not atomic here (up to ${mostWinners} of ${RACERS} won one key). Versions are listed as they arrived, so that the oldest decides and several writers are safe, at the price of segments that count for nothing.`,
    );
  } else if (isAtomic) {
    notes.push(
      'Versions are not listed as they arrived. Creates were atomic, so that several writers are safe while that stays so.',
    );
  } else {
    missing.push(
      `Creates are not atomic (up to ${mostWinners} of ${RACERS} won one key) and the oldest version of a key changes afterwards: two writers could acknowledge different entries. The log can't be kept on this server.`,
    );
  }
}

function judgeClock({ clock }: Bucket, { missing, notes }: Words): void {
  const { skewMs } = clock;
  const wrong = wrongClock(skewMs);
  if (wrong !== undefined) missing.push(`Nothing could be appended: ${wrong}.`);
  else if (skewMs !== undefined && Math.abs(skewMs) >= SKEW_MS)
    notes.push(`This machine's clock is ${apart(skewMs)}: set it by NTP.`);
}

function judgeTerms({ mode, days }: LockRule, terms: Terms, { notes }: Words): void {
  if (mode === 'none') return;
  for (const [activity, term] of Object.entries(terms)) {
    if (term <= 0)
      notes.push(`Segments with an access under "${activity}" get no lock: its term can be over at once.`);
    else if (term < days * DAY_MS)
      notes.push(
        `Segments with an access under "${activity}" are locked for ${Math.floor(term / DAY_MS)} days and not ${days}: its term may end then.`,
      );
  }
}

async function clearUp(bucket: Bucket, prefix: string, { notes }: Words): Promise<void> {
  try {
    for (const { key, versionId } of await bucket.versions(prefix))
      if (!key.endsWith('/lock')) await bucket.remove(key, versionId === 'null' ? undefined : versionId);
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    notes.push(`What was tried out under "${prefix}" is still there: ${cause.message}.`);
  }
}
