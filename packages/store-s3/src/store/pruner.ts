import { randomBytes } from 'node:crypto';
import { assert, equalBytes } from '@zegel/core';
import type { Cover } from '@zegel/log/port';
import type { ObjectVersion } from '../bucket/object-version.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { decodeSegment } from '../segment/decode-segment.ts';
import { encodePruned } from '../segment/encode-segment.ts';
import { fetchSegment } from '../segment/fetch-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { StoreError } from '../store-error.ts';
import { searched } from './bodies.ts';
import { type Context, trustAt } from './context.ts';
import type { Follower } from './follower.ts';
import { inOrder } from './in-order.ts';
import { segmentKey } from './keys.ts';
import { backOff } from './pause.ts';
import { segmentsIn } from './rows-of.ts';
import { Turn } from './turn.ts';

const NONCE = 16;
const AT_ONCE = 4;
/** Times that another pruner of the same segment is given way. */
const YIELDS = 8;

/** Which entries lose their bodies, by index. */
type Goes = (index: number) => boolean;

/** The version that is to be the oldest. */
interface Own {
  readonly version: string;
  readonly segment: Segment;
  /** Whether this run has put it. */
  readonly isNew: boolean;
}

/** Another version at the key that the log's key has signed. */
interface Other {
  readonly version: ObjectVersion;
  readonly segment: Segment;
  readonly isOlder: boolean;
  /** Whether it is the segment of the log, pruned or not, and not one that lost its race. */
  readonly isSame: boolean;
}

/** Takes bodies away under a cover. */
export class Pruner {
  readonly #context: Context;
  readonly #follower: Follower;
  readonly #turn = new Turn();

  constructor(context: Context, follower: Follower) {
    this.#context = context;
    this.#follower = follower;
  }

  /** As the port says. @throws StoreError `STORE_IO` where a lock still holds, saying until when; what came before is done */
  prune(cover: Cover): Promise<void> {
    return this.#turn.take(() => this.#prune(cover));
  }

  async #prune({ by, ranges }: Cover): Promise<void> {
    const { replica, signer } = this.#context;
    if (signer === undefined) throw new StoreError('STORE_READ_ONLY', 'the log was opened for reading');
    if (by >= replica.state().next) await this.#follower.refresh();
    checkCover({ by, ranges }, replica.state().next);
    const goes: Goes = (index) => ranges.some(([first, last]) => first <= index && index <= last);
    const pruned = inOrder(this.#rows(ranges), AT_ONCE, (row) => this.#pruneSegment(row, goes));
    for await (const _ of pruned);
  }

  *#rows(ranges: Cover['ranges']): Generator<SegmentRow, void> {
    let last = -1;
    for (const [from, to] of ranges) {
      for (const row of segmentsIn(this.#context.replica, from, to + 1)) {
        if (row.first > last) yield row;
        last = Math.max(last, row.first);
      }
    }
  }

  /**
   * Puts the segment without those bodies, then removes the versions before it. If we crash in between, the old
   * version is still the truth and the next run does all of it again.
   */
  async #pruneSegment(row: SegmentRow, goes: Goes): Promise<void> {
    for (let tries = 0; ; tries++) {
      const own = await this.#pruned(row, goes);
      if (await this.#clear(row, own, goes, tries < YIELDS)) break;
      await backOff(tries + 3);
    }
    await searched(this.#context, row);
  }

  /** The truth where it has none of those bodies, else a version without them. */
  async #pruned(row: SegmentRow, goes: Goes): Promise<Own> {
    const body = await searched(this.#context, row);
    if (body.kind === 'damage') throw new StoreError('STORE_CORRUPT', body.reason, { index: row.first });
    const { segment, version } = body;
    if (!hasBody(segment, goes)) return { segment, version, isNew: false };
    await this.#requireUnlocked(row, version);
    return this.#put(row, segment, goes);
  }

  async #requireUnlocked({ first }: SegmentRow, version: string): Promise<void> {
    const key = segmentKey(first);
    const state = await this.#context.bucket.lockOf(key, version);
    const until = state?.lock?.until;
    if (state?.legalHold === true)
      throw new StoreError('STORE_IO', `${key} is under a legal hold: its bodies stay until that is lifted`, {
        index: first,
      });
    if (until !== undefined && until.getTime() > Date.now())
      throw new StoreError(
        'STORE_IO',
        `${key} is locked until ${until.toISOString()}: its bodies stay until then`,
        {
          index: first,
        },
      );
  }

  async #put({ first }: SegmentRow, segment: Segment, goes: Goes): Promise<Own> {
    const { bucket, busyTimeout } = this.#context;
    const deadline = performance.now() + busyTimeout;
    const bytes = encodePruned(segment, goes, randomBytes(NONCE));
    const entries = segment.entries.map((entry, n) => (goes(first + n) ? undefined : entry));
    for (let tries = 0; ; tries++) {
      const outcome = await bucket.put(segmentKey(first), bytes);
      if (outcome.kind === 'made' && outcome.versionId !== undefined)
        return { version: outcome.versionId, segment: { ...segment, entries }, isNew: true };
      if (performance.now() >= deadline)
        throw new StoreError('STORE_IO', `${segmentKey(first)} could not be pruned`, {
          index: first,
          ...(outcome.kind === 'unknown' ? { cause: outcome.cause } : {}),
        });
      await backOff(tries);
    }
  }

  /**
   * Removes every version that the log's key has signed and that is older than our own, and losers of a race wherever they
   * are. All of the older ones: without the truth the oldest that is left takes its place, and anybody can make one that
   * lacks bodies and has the same note. None of the segment's own that is younger: of several who prune at once, the last leaves his.
   *
   * @param givesWay whether another pruner's version, which is about to become the truth, is left, and ours taken back
   * @returns false where all is to be done again
   */
  async #clear(row: SegmentRow, own: Own, goes: Goes, givesWay: boolean): Promise<boolean> {
    const { bucket } = this.#context;
    const key = segmentKey(row.first);
    const others = await this.#others(row, own);
    if (others === undefined) return false;
    const isRival = ({ isOlder, isSame, segment }: Other) =>
      isOlder && isSame && isLess(segment, own.segment);
    if (givesWay && own.isNew && others.some(isRival)) {
      await bucket.remove(key, own.version);
      return false;
    }
    // What a pruner left who broke off goes once it is older than ours.
    if (others.some(({ isOlder, isSame, segment }) => !isOlder && isSame && hasBody(segment, goes)))
      return this.#clear(row, await this.#put(row, own.segment, goes), goes, givesWay);
    const going = others.filter(({ isOlder, isSame }) => isOlder || !isSame);
    try {
      for (const { version } of going) await this.#remove(version);
    } catch (cause) {
      // The truth is the last to go, so that it is still there; the next run begins as this one did.
      if (own.isNew) await bucket.remove(key, own.version).catch(() => undefined);
      throw cause;
    }
    return true;
  }

  async #remove({ key, versionId }: ObjectVersion): Promise<void> {
    await this.#context.bucket.remove(key, versionId);
    this.#context.cache.drop(versionId);
  }

  /** What else of this log stands at the key, newest first; undefined where our own is gone: somebody pruned later than we did. */
  async #others(row: SegmentRow, own: Own): Promise<readonly Other[] | undefined> {
    const key = segmentKey(row.first);
    const all = await this.#context.bucket.versions(key);
    const versions = all.filter((each) => each.key === key && !each.isDeleteMarker);
    const at = versions.findIndex(({ versionId }) => versionId === own.version);
    if (at < 0) return undefined;
    const others: Other[] = [];
    for (const [n, version] of versions.entries()) {
      const segment = n === at ? undefined : await this.#segmentAt(version);
      if (segment === undefined) continue;
      others.push({ version, segment, isOlder: n > at, isSame: equalBytes(segment.root, row.root) });
    }
    return others;
  }

  async #segmentAt(version: ObjectVersion): Promise<Segment | undefined> {
    const trust = trustAt(this.#context, this.#context.replica.state());
    const bytes = await fetchSegment(this.#context.bucket, version, trust);
    if (!(bytes instanceof Uint8Array)) return undefined;
    const segment = decodeSegment(bytes, trust);
    return segment.kind === 'segment' ? segment : undefined;
  }
}

function hasBody({ first, entries }: Segment, goes: Goes): boolean {
  return entries.some((entry, n) => entry !== undefined && goes(first + n));
}

/** Whether a version lacks a body that another one of its segment has. */
function isLess(one: Segment, other: Segment): boolean {
  return one.entries.some((entry, n) => entry === undefined && other.entries[n] !== undefined);
}

function checkCover({ by, ranges }: Cover, size: number): void {
  assert(by < size, 'a cover is an entry of the log');
  let end = -1;
  for (const [first, last] of ranges) {
    assert(first > end && last >= first && last < by, 'ranges are sorted, disjoint and before their cover');
    end = last;
  }
}
