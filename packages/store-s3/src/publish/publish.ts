import {
  encodeBase64,
  equalBytes,
  headNote,
  type SignedHead,
  TILE_WIDTH,
  treeRoot,
  treeSize,
} from '@zegel/core';
import type { LogStore } from '@zegel/log/port';
import { Bucket } from '../bucket/bucket.ts';
import { openStore } from '../open-store.ts';
import { parseS3Url } from '../s3-url.ts';
import { StoreError } from '../store-error.ts';
import { BundleMark } from './bundle-mark.ts';
import { Covers } from './covers.ts';
import { LogKeys } from './log-keys.ts';
import { PublicCheckpoints, requirePast } from './public-checkpoint.ts';
import type { PublicPlace } from './public-objects.ts';
import { type BundleCounts, publishBundles, removeBundles } from './publish-bundles.ts';
import { publishTiles } from './publish-tiles.ts';
import { isApart, requireNoBundles, requireRoom } from './place.ts';
import { hashReaderOf } from './tree.ts';

/** How a log is published. */
export interface PublishOptions {
  /** Also the entries, in bundles that whoever may read the objects can read. */
  readonly bundles?: boolean;
  /**
   * Another place for what is public, `s3://bucket/prefix?endpoint=…&region=…`, with no log in it: tiles and checkpoint then stand there
   * alone. Default: the log's own. Bundles stay beside the log.
   */
  readonly to?: string;
  /** A verifier key kept elsewhere, to which log and public checkpoint are held. */
  readonly vkey?: string;
  /** Looks at every object from the first on, and puts what is missing or was changed. */
  readonly repair?: boolean;
  /** Folder for what is derived from the log on this machine. */
  readonly home?: string;
}

/** What was published. */
export interface Published {
  readonly origin: string;
  /** Entries that the public checkpoint covers now, or more if another process was ahead. */
  readonly size: number;
  /** Standard base64. */
  readonly root: string;
  /** Entries that it covered before; 0 when there was none. */
  readonly before: number;
  /** Tiles put. */
  readonly tiles: number;
  /** Bundles put. */
  readonly bundles: number;
  /** Bundles left out, because a body in them is gone or is to go. */
  readonly withheld: number;
  /** Objects removed, because a body in them is gone or is to go. */
  readonly removed: number;
  /** Whether this call put the public checkpoint. */
  readonly advanced: boolean;
}

/**
 * Publishes the log of a URL as C2SP tlog-tiles, beside its segments or in a place of its own: tiles, entry bundles where asked for, and `checkpoint` last, so that
 * whoever reads a checkpoint finds all that it covers. Needs no key of the log. Idempotent; any number of processes may do it
 * at once, and after a crash anywhere the next call goes on from the public checkpoint.
 *
 * @throws PublishError PUBLIC_UNVERIFIED, PUBLIC_FORKED, PUBLIC_PLACE; StoreError, STORE_UNSAFE where the server can't list a log beside what is public
 */
export async function publish(url: string, options: PublishOptions = {}): Promise<Published> {
  const { vkey, home } = options;
  const place = parseS3Url(options.to ?? url);
  const isElsewhere = isApart(parseS3Url(url), place);
  if (isElsewhere) requireNoBundles(options.bundles === true);
  const log = await openStore(url, {
    mode: 'read',
    ...(vkey !== undefined && { vkey }),
    ...(home !== undefined && { home }),
  });
  const bucket = new Bucket(place);
  try {
    await requireRoom(bucket, isElsewhere);
    return await publishTo(log, bucket, options);
  } finally {
    bucket.close();
    await log.close();
  }
}

/** As {@link publish}, from an open store to any place. */
export async function publishTo(
  log: LogStore,
  place: PublicPlace,
  options: PublishOptions,
): Promise<Published> {
  const newest = await log.head();
  if (newest === undefined) throw new StoreError('STORE_NOT_FOUND', 'the log has no checkpoint yet');
  const keys = await LogKeys.of(log, newest.control, options.vkey);
  const checkpoints = new PublicCheckpoints(place, keys);
  const published = await checkpoints.read();
  // Whoever was ahead may have written since: the log is asked again before anybody is accused.
  const head = published !== undefined && published.head.size > newest.size ? await again(log) : newest;
  if (published !== undefined) await requirePast(log, published.head, head);
  await requireSound(log, keys, head);
  const before = published?.head.size ?? 0;
  const bodies = await publishBodies(log, place, { before, head }, options);
  const tiles = await publishTiles(log, place, {
    from: options.repair === true ? 0 : before,
    size: head.size,
  });
  const advanced = await checkpoints.advance(head);
  const { origin } = keys;
  return { origin, size: head.size, root: encodeBase64(head.root), before, tiles, ...bodies, advanced };
}

type Head = NonNullable<Awaited<ReturnType<LogStore['head']>>>;

async function again(log: LogStore): Promise<Head> {
  const head = await log.head();
  if (head === undefined) throw new StoreError('STORE_NOT_FOUND', 'the log has no checkpoint any more');
  return head;
}

/** Nothing is shown that the log's own key has not signed, or that its hashes do not give. */
async function requireSound(log: LogStore, keys: LogKeys, head: SignedHead): Promise<void> {
  await keys.open(headNote(keys.origin, head));
  const root = await treeRoot(treeSize(head.size), hashReaderOf(log));
  if (equalBytes(root, head.root)) return;
  throw new StoreError('STORE_CORRUPT', `the hashes of the log do not give its checkpoint of ${head.size}`);
}

interface Step {
  readonly before: number;
  readonly head: Head;
}

/** Bundles have a mark of their own: a log may be published without them first. */
async function publishBodies(
  log: LogStore,
  place: PublicPlace,
  { before, head }: Step,
  { bundles = false, repair = false }: PublishOptions,
): Promise<BundleCounts & { readonly removed: number }> {
  const mark = new BundleMark(place);
  const marked = await mark.read();
  if (!bundles && marked === undefined) return { bundles: 0, withheld: 0, removed: 0 };
  const from = repair ? 0 : Math.min(marked ?? 0, head.size);
  // The first bundle that is put may hold entries from before, which older entries name as well.
  const since = Math.min(from - (from % TILE_WIDTH), before);
  const covers = await Covers.from(log, head.control, bundles ? since : before);
  // What is to go goes first: whatever happens afterwards, it is no longer shown.
  const removed = marked === undefined ? 0 : await removeBundles(place, covers, head.size);
  if (!bundles) return { bundles: 0, withheld: 0, removed };
  // From the first bundle on it stands there: whoever prunes asks it whether there are any.
  if (marked === undefined) await mark.write(0);
  const counts = await publishBundles(log, place, { from, size: head.size }, covers);
  const late = await removeLate(log, place, head);
  if ((marked ?? -1) < head.size) await mark.write(head.size);
  return { ...counts, removed: removed + late };
}

/** Another process may have removed, meanwhile, by an entry that we did not know what we have put since. */
async function removeLate(log: LogStore, place: PublicPlace, head: Head): Promise<number> {
  const { size, control } = await again(log);
  if (size === head.size) return 0;
  return removeBundles(place, await Covers.from(log, control, head.size), head.size);
}
