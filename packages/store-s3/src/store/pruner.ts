import { randomBytes } from 'node:crypto';
import { assert, equalBytes } from '@zegel/core';
import type { Cover } from '@zegel/log/port';
import type { ObjectVersion } from '../bucket/object-version.ts';
import type { SegmentRow } from '../replica/rows.ts';
import { decodeSegment } from '../segment/decode-segment.ts';
import { encodePruned } from '../segment/encode-segment.ts';
import { MAX_SEGMENT_BYTES, type Segment } from '../segment/segment.ts';
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
    const pruned = inOrder(this.#rows(ranges), AT_ONCE, (row) => this.#pruneSegment(row, ranges));
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
   * Puts the segment without those bodies, then removes the versions that have them. If we crash in between, the old
   * version is still the truth and the next run does all of it again.
   */
  async #pruneSegment(row: SegmentRow, ranges: Cover['ranges']): Promise<void> {
    const body = await searched(this.#context, row);
    if (body.kind === 'damage') throw new StoreError('STORE_CORRUPT', body.reason, { index: row.first });
    const { segment, version } = body;
    const goes = (index: number) => ranges.some(([first, last]) => first <= index && index <= last);
    const isDone = segment.entries.every((entry, n) => entry === undefined || !goes(row.first + n));
    if (!isDone) {
      await this.#requireUnlocked(row, version);
      await this.#put(row, encodePruned(segment, goes, randomBytes(NONCE)));
    }
    await this.#removeOthers(row, goes);
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

  async #put({ first }: SegmentRow, bytes: Uint8Array): Promise<void> {
    const { bucket, busyTimeout } = this.#context;
    const deadline = performance.now() + busyTimeout;
    for (let tries = 0; ; tries++) {
      const outcome = await bucket.put(segmentKey(first), bytes);
      if (outcome.kind === 'made') return;
      if (performance.now() >= deadline)
        throw new StoreError('STORE_IO', `${segmentKey(first)} could not be pruned`, {
          index: first,
          ...(outcome.kind === 'unknown' ? { cause: outcome.cause } : {}),
        });
      await backOff(tries);
    }
  }

  /** Removes every version that the log's key has signed and that still has such bodies: the truth before, its copies, losers of a race. */
  async #removeOthers(row: SegmentRow, goes: (index: number) => boolean): Promise<void> {
    const { bucket, cache } = this.#context;
    const key = segmentKey(row.first);
    const versions = (await bucket.versions(key)).filter((each) => each.key === key && !each.isDeleteMarker);
    if (versions.length === 1) return;
    for (const version of versions) {
      const segment = await this.#segmentAt(version);
      if (segment === undefined || !hasBody(segment, row, goes)) continue;
      await bucket.remove(key, version.versionId);
      cache.drop(version.versionId);
    }
    await searched(this.#context, row);
  }

  async #segmentAt({ key, versionId, size }: ObjectVersion): Promise<Segment | undefined> {
    if (size > MAX_SEGMENT_BYTES) return undefined;
    const bytes = await this.#context.bucket.get(key, { versionId });
    if (bytes === undefined) return undefined;
    const segment = decodeSegment(bytes, trustAt(this.#context, this.#context.replica.state()));
    return segment.kind === 'segment' ? segment : undefined;
  }
}

/** Whether a version has a body that is to go. One of another commit that lost its race goes whole: its entries stand elsewhere. */
function hasBody(segment: Segment, row: SegmentRow, goes: (index: number) => boolean): boolean {
  if (!equalBytes(segment.root, row.root)) return true;
  return segment.entries.some((entry, n) => entry !== undefined && goes(segment.first + n));
}

function checkCover({ by, ranges }: Cover, size: number): void {
  assert(by < size, 'a cover is an entry of the log');
  let end = -1;
  for (const [first, last] of ranges) {
    assert(first > end && last >= first && last < by, 'ranges are sorted, disjoint and before their cover');
    end = last;
  }
}
