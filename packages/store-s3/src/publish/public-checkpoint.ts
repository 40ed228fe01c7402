import {
  equalBytes,
  FormatError,
  headNote,
  NoteError,
  type SignedHead,
  treeRoot,
  treeSize,
} from '@zegel/core';
import type { ObjectHeaders } from '../bucket/bucket.ts';
import type { ObjectVersion } from '../bucket/object-version.ts';
import { ATTEMPTS, pause } from '../bucket/patience.ts';
import { MAX_CHECKPOINT_BYTES } from '../store/keys.ts';
import { StoreError } from '../store-error.ts';
import type { LogKeys } from './log-keys.ts';
import type { PublicPlace } from './public-objects.ts';
import { PublishError } from './publish-error.ts';
import { hashReaderOf, type TreeSource } from './tree.ts';

/** Key of the public checkpoint (C2SP tlog-tiles). */
export const PUBLIC_CHECKPOINT = 'checkpoint';

/** Changes; whoever keeps it does so for seconds (C2SP tlog-tiles). */
const HEADERS: ObjectHeaders = {
  contentType: 'text/plain; charset=utf-8',
  cacheControl: 'public, max-age=2',
};

const NEVER = new AbortController().signal;

/** The public checkpoint as it stands. */
export interface PublicCheckpoint {
  readonly note: Uint8Array;
  readonly head: SignedHead;
  readonly version: ObjectVersion;
}

/** The checkpoint that everybody reads: read and written, and never taken back. */
export class PublicCheckpoints {
  readonly #place: PublicPlace;
  readonly #keys: LogKeys;

  constructor(place: PublicPlace, keys: LogKeys) {
    this.#place = place;
    this.#keys = keys;
  }

  /** What stands there; undefined before the first. @throws PublishError PUBLIC_UNVERIFIED when it is none of this log's */
  async read(): Promise<PublicCheckpoint | undefined> {
    for (const version of await this.#versions()) {
      if (version.isDeleteMarker) return undefined;
      const note = await this.#place.get(PUBLIC_CHECKPOINT, {
        versionId: version.versionId,
        to: MAX_CHECKPOINT_BYTES,
      });
      if (note !== undefined) return { note, head: await this.#open(note), version };
    }
    return undefined;
  }

  /**
   * Puts the checkpoint of a head, unless a newer one stands there already. A server whose conditions are not atomic may let two
   * publishers through, so what came in between is looked at afterwards, and the larger one put again.
   *
   * @returns whether it was put
   */
  async advance(head: SignedHead): Promise<boolean> {
    let note: Uint8Array = Buffer.from(headNote(this.#keys.origin, head));
    let { size } = head;
    let cause: unknown;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const before = await this.read();
      if (before !== undefined && before.head.size >= size)
        return attempt > 1 && equalBytes(before.note, note);
      const outcome = await this.#put(note, before);
      if (outcome.kind === 'made') {
        const hidden = await this.#largest(size, before);
        if (hidden === undefined) return size === head.size;
        ({ note } = hidden);
        ({ size } = hidden.head);
        continue;
      }
      if (outcome.kind === 'unknown') ({ cause } = outcome);
      await pause(attempt, NEVER);
    }
    throw new StoreError('STORE_IO', 'it is not known whether the public checkpoint was put', { cause });
  }

  #put(note: Uint8Array, before: PublicCheckpoint | undefined): ReturnType<PublicPlace['put']> {
    if (before === undefined) return this.#place.create(PUBLIC_CHECKPOINT, note, undefined, HEADERS);
    return this.#place.put(PUBLIC_CHECKPOINT, note, undefined, { ...HEADERS, ifMatch: before.version.etag });
  }

  /** The largest checkpoint beyond `size` among those that came after the one that was read. */
  async #largest(
    size: number,
    before: PublicCheckpoint | undefined,
  ): Promise<{ readonly note: Uint8Array; readonly head: SignedHead } | undefined> {
    let largest: { readonly note: Uint8Array; readonly head: SignedHead } | undefined;
    for (const version of await this.#versions()) {
      if (version.versionId === before?.version.versionId) break;
      if (version.isDeleteMarker) continue;
      const note = await this.#place.get(PUBLIC_CHECKPOINT, {
        versionId: version.versionId,
        to: MAX_CHECKPOINT_BYTES,
      });
      const head = note && (await this.#open(note).catch(() => undefined));
      if (note !== undefined && head !== undefined && head.size > (largest?.head.size ?? size))
        largest = { note, head };
    }
    return largest;
  }

  /** The newest versions, newest first; those of `checkpoint/…`, which begin alike, come after them. */
  async #versions(): Promise<readonly ObjectVersion[]> {
    const { versions } = await this.#place.versionsAfter(PUBLIC_CHECKPOINT);
    return versions.filter(({ key }) => key === PUBLIC_CHECKPOINT);
  }

  async #open(note: Uint8Array): Promise<SignedHead> {
    try {
      return await this.#keys.open(note);
    } catch (cause) {
      if (!(cause instanceof NoteError || cause instanceof FormatError)) throw cause;
      throw new PublishError(
        'PUBLIC_UNVERIFIED',
        `the public object "${PUBLIC_CHECKPOINT}" is not a checkpoint that a key of ${this.#keys.origin} has signed: ${cause.message}`,
        { cause },
      );
    }
  }
}

/** The public checkpoint must be of the log's own past. @throws PublishError PUBLIC_FORKED */
export async function requirePast(log: TreeSource, published: SignedHead, head: SignedHead): Promise<void> {
  const what = `the public object "${PUBLIC_CHECKPOINT}" covers ${published.size} entries`;
  if (published.size > head.size)
    throw new PublishError(
      'PUBLIC_FORKED',
      `${what} and the log has ${head.size}: its end was cut off, or it is another log`,
    );
  const root = await treeRoot(treeSize(published.size), hashReaderOf(log));
  if (!equalBytes(root, published.root))
    throw new PublishError(
      'PUBLIC_FORKED',
      `${what}, and the first ${published.size} entries of the log give another root: keep both, they prove a fork`,
    );
}
