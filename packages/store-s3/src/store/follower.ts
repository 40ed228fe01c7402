import { equalBytes } from '@zegel/core';
import { segmentAt } from '../replica/lookups.ts';
import type { ReplicaState } from '../replica/rows.ts';
import { decodeSegment } from '../segment/decode-segment.ts';
import { fetchSegment } from '../segment/fetch-segment.ts';
import type { Segment } from '../segment/segment.ts';
import { originPrev } from '../segment/segment-note.ts';
import { truthOf } from '../truth.ts';
import { type Context, keysAt, trustAt, trustNext } from './context.ts';
import { firstKeys } from './first-keys.ts';
import { takeSegment } from './intake.ts';
import { letGo } from './let-go.ts';
import { numberIn, SEGMENTS, segmentKey } from './keys.ts';
import { type KeyVersions, pageAfter } from './listing.ts';
import { oldestVersion } from './oldest-version.ts';
import { withinBytes } from './within-bytes.ts';

/** Objects on their way or waiting, packed. */
const AHEAD = {
  width: 8,
  bytes: 8 * 2 ** 20,
  weigh: ({ versions }: KeyVersions): number => oldestVersion(versions)?.size ?? 0,
};
/** Most segments, newly found, of which each is kept for reading. */
const KEPT = 8;

/** Takes in what stands in the bucket beyond the replica. */
export class Follower {
  readonly #context: Context;
  #running: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;
  #beyond: readonly number[] = [];

  constructor(context: Context) {
    this.#context = context;
  }

  /** Numbers of the keys beyond what could be taken in, as last seen: none in a log that is whole. */
  get beyond(): readonly number[] {
    return this.#beyond;
  }

  /** Takes in all that was there when it was called. */
  refresh(): Promise<void> {
    if (this.#running === undefined) {
      this.#running = this.#pass().finally(() => {
        this.#running = undefined;
      });
      return this.#running;
    }
    // What is under way may have looked already: all who come now share the next one.
    this.#waiting ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#waiting = undefined;
        return this.refresh();
      });
    return this.#waiting;
  }

  async #pass(): Promise<void> {
    const { replica, bucket, retentions } = this.#context;
    for (;;) {
      retentions.tell();
      const { next, generation } = replica.state();
      const last = replica.read((rows) => segmentAt(rows, next - 1));
      const page = await pageAfter(bucket, SEGMENTS, last === undefined ? undefined : segmentKey(last.first));
      // A server may begin with the key that it was told to go on after.
      await this.#take(page.keys.filter(({ key }) => (numberIn(SEGMENTS, key) ?? -1) >= next));
      const { next: now, generation: after } = replica.state();
      // Another process has emptied it meanwhile: from the beginning.
      if (after !== generation) continue;
      const numbers = page.keys.map(({ key }) => numberIn(SEGMENTS, key));
      this.#beyond = numbers.filter((number) => number !== undefined && number >= now) as number[];
      if (!page.isTruncated || now === next) return;
    }
  }

  async #take(keys: readonly KeyVersions[]): Promise<void> {
    const { replica, cache } = this.#context;
    const fetched = withinBytes(keys, AHEAD, async (each) => ({ each, bytes: await this.#oldest(each) }));
    for await (const { each, bytes } of fetched) {
      const first = numberIn(SEGMENTS, each.key);
      const state = replica.state();
      if (first === undefined || first < state.next) continue;
      if (first > state.next) return;
      const taken = await this.#takeKey(state, each, bytes);
      letGo(bytes?.buffer);
      if (taken === undefined) return;
      // Whoever follows the log reads it next; who is far behind has other things to read first.
      if (keys.length <= KEPT) cache.put(taken.version, taken.segment);
      else letGo(taken.segment.entries.find((entry) => entry !== undefined)?.buffer);
    }
  }

  /** The body that is the truth in all but odd cases. */
  async #oldest({ versions }: KeyVersions): Promise<Uint8Array | undefined> {
    const oldest = oldestVersion(versions);
    if (oldest === undefined) return undefined;
    // A key that is not known yet comes with a segment before: then this one is sought again when its turn comes.
    const trust = trustAt(this.#context, this.#context.replica.state());
    const bytes = await fetchSegment(this.#context.bucket, oldest, trust);
    return bytes instanceof Uint8Array ? bytes : undefined;
  }

  async #takeKey(
    state: ReplicaState,
    { key, versions }: KeyVersions,
    bytes: Uint8Array | undefined,
  ): Promise<{ readonly version: string; readonly segment: Segment } | undefined> {
    const context = this.#context;
    const known = keysAt(context, state);
    const keys = state.next === 0 ? await firstKeys(context, versions) : known;
    const trust = trustNext(context, state, keys);
    const accept = continues(state, trust.origin);
    const quick = bytes === undefined ? undefined : decodeSegment(bytes, trust);
    const oldest = oldestVersion(versions);
    if (quick?.kind === 'segment' && oldest !== undefined && accept(quick)) {
      takeSegment(context, quick, oldest, keys);
      return { version: oldest.versionId, segment: quick };
    }
    const { version, segment } = await truthOf(context.bucket, key, accept, trust);
    if (version === undefined || segment === undefined) return undefined;
    takeSegment(context, segment, version, keys);
    return { version: version.versionId, segment };
  }
}

/** Whether a segment chains on where a replica stands (format v1 §6). */
export function continues(state: ReplicaState, origin: string): (segment: Segment) => boolean {
  const prev = state.prev ?? originPrev(origin);
  return (segment) => segment.first === state.next && equalBytes(segment.prev, prev);
}
