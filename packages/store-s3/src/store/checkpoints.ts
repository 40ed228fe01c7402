import {
  assert,
  equalBytes,
  FormatError,
  formatCheckpoint,
  headNote,
  NoteError,
  readHead,
  type TreeSize,
} from '@zegel/core';
import type { StoredHead } from '@zegel/log/port';
import { rootAt } from '../replica/hashes.ts';
import { controlAt, headAt, keepHead, newestHead, segmentAt } from '../replica/lookups.ts';
import type { HeadRow } from '../replica/rows.ts';
import { StoreError } from '../store-error.ts';
import { isSigned } from './is-signed.ts';
import { requireOwnTurn } from './change-of-keys.ts';
import { type Context, trustAt, trustNext } from './context.ts';
import { isListedAs } from './etag.ts';
import { isGarbage, noteGarbage } from './garbage.ts';
import { givenHead } from './given-head.ts';
import { requireRemembered } from './held-to.ts';
import { inOrder } from './in-order.ts';
import { CHECKPOINTS, checkpointKey, MAX_CHECKPOINT_BYTES, numberIn } from './keys.ts';
import { allKeys, type KeyVersions } from './listing.ts';
import { checkpointLock } from './lock-dates.ts';
import { oldestVersion } from './oldest-version.ts';
import { backOff } from './pause.ts';
import { isBetween, isPast } from './sizes.ts';

const AHEAD = 16;
const MANY = 64;

/** Signed tree heads: objects by size, signed once what they cover is confirmed (format v1 §6). */
export class Checkpoints {
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
  }

  /** The head of all that the replica has: as it is known, else signed now and not yet stored. */
  headOf(size: number): StoredHead | undefined {
    if (size === 0) return undefined;
    return this.#context.replica.read((rows) => headAt(rows, size)) ?? this.#sign(size);
  }

  /** The newest that is stored, for who signs: what is confirmed beyond the newest gets one. */
  async rolledForward(size: number, deadline: number): Promise<StoredHead | undefined> {
    if (size === 0) return undefined;
    const known = this.#context.replica.read((rows) => headAt(rows, size));
    if (known !== undefined) return known;
    const stored = await this.#stored(size);
    if (stored !== undefined) return stored;
    const given = await givenHead(this.#context, size);
    if (this.#context.replica.state().keys.length > 1)
      requireOwnTurn(this.#context, given ?? (await this.newest()));
    const head = given ?? this.#sign(size);
    await this.store(head, deadline);
    return head;
  }

  /** The checkpoint of this size, where one is stored that verifies. */
  at(size: number): Promise<StoredHead | undefined> {
    return this.#stored(size);
  }

  /** Stores a head and keeps it. @throws StoreError `STORE_IO` when it is not known to be there at the deadline */
  async store(head: StoredHead, deadline: number): Promise<void> {
    const { bucket } = this.#context;
    const key = checkpointKey(head.size);
    const note = Buffer.from(headNote(this.#origin(), head));
    const lock = checkpointLock(this.#context);
    for (let tries = 0; ; tries++) {
      const outcome = await bucket.create(key, note, lock);
      if (outcome.kind === 'made') break;
      // Another process's for the same tree is as good as ours; anything else there is put under ours.
      if ((await this.#stored(head.size)) !== undefined) return;
      if (outcome.kind === 'taken' && (await bucket.put(key, note, lock)).kind === 'made') break;
      if (performance.now() >= deadline)
        throw new StoreError('STORE_IO', `the entries are there, and ${key} may not be`, {
          ...(outcome.kind === 'unknown' ? { cause: outcome.cause } : {}),
        });
      await backOff(tries);
    }
    this.keep(head);
  }

  /** Remembers a head that is stored. */
  keep(head: HeadRow): void {
    this.#context.replica.write((rows) => keepHead(rows, head));
  }

  /** The newest that verifies. One that covers more than there is tells of entries that are lost. */
  async newest(): Promise<StoredHead | undefined> {
    const { replica } = this.#context;
    const { next } = replica.state();
    const known = replica.read(newestHead);
    const least = known?.size ?? 0;
    const ahead = await this.#newestAfter(Math.max(least, next - 1));
    if (ahead !== undefined) return ahead;
    // The last segments may have none yet: back from one's begin to the next.
    for (let size = next; size > least; ) {
      const before: number = replica.read((rows) => segmentAt(rows, size - 1))?.first ?? 0;
      const head = before > least ? await this.#stored(before) : undefined;
      if (head !== undefined) return head;
      size = before;
    }
    return known;
  }

  async #newestAfter(size: number): Promise<StoredHead | undefined> {
    const after = size > 0 ? checkpointKey(size) : undefined;
    const fresh: KeyVersions[] = [];
    for await (const keys of allKeys(this.#context.bucket, CHECKPOINTS, after)) fresh.push(...keys);
    // The first is nearly always the one; only where somebody has put very many that are none, they are fetched ahead.
    const width = fresh.length > MANY ? AHEAD : 1;
    for await (const head of inOrder(fresh.toReversed(), width, (each) => this.#verified(each)))
      if (head !== undefined) return head;
    return undefined;
  }

  /** Stored checkpoints with `from <= size < to`, ascending, at most `limit`; those that do not verify as well. */
  async between(from: number, to: number, limit: number): Promise<readonly StoredHead[]> {
    const { bucket } = this.#context;
    const heads: StoredHead[] = [];
    if (!(from < to) || limit <= 0) return heads;
    const after = from > 0 ? checkpointKey(from - 1) : undefined;
    for await (const keys of allKeys(bucket, CHECKPOINTS, after)) {
      const wanted = keys.filter(({ key }) => isBetween(numberIn(CHECKPOINTS, key), from, to));
      const found = inOrder(wanted, AHEAD, async (each) => this.#known(each) ?? (await this.#any(each)));
      for await (const head of found) {
        if (head !== undefined) heads.push(head);
        if (heads.length === limit) return heads;
      }
      if (isPast(keys, to)) return heads;
    }
    return heads;
  }

  /** As it was kept, where the listing shows that the object is still the same: what this machine keeps must hide nothing. */
  #known({ key, versions }: KeyVersions): StoredHead | undefined {
    const size = numberIn(CHECKPOINTS, key);
    const head = size === undefined ? undefined : this.#context.replica.read((rows) => headAt(rows, size));
    return head !== undefined && isListedAs(versions, headNote(this.#origin(), head)) ? head : undefined;
  }

  /** The first version that verifies, else the first that reads as a checkpoint: verification says what is wrong with it. */
  async #any(each: KeyVersions): Promise<StoredHead | undefined> {
    const size = numberIn(CHECKPOINTS, each.key);
    const verified = await this.#verified(each);
    if (verified !== undefined || size === undefined) return verified;
    const oldest = oldestVersion(each.versions);
    const bytes =
      oldest === undefined || oldest.size > MAX_CHECKPOINT_BYTES
        ? undefined
        : await this.#get(each.key, oldest.versionId);
    return bytes === undefined ? undefined : this.#read(bytes, size);
  }

  async #verified({ key, versions }: KeyVersions): Promise<StoredHead | undefined> {
    const size = numberIn(CHECKPOINTS, key);
    if (size === undefined) return undefined;
    const { bucket, replica } = this.#context;
    for (const { versionId, isDeleteMarker, size: bytes } of versions.toReversed()) {
      const { origin, verifiers } = trustAt(this.#context, replica.state());
      if (isDeleteMarker || bytes > MAX_CHECKPOINT_BYTES || isGarbage(bucket, versionId, verifiers)) continue;
      const note = await this.#get(key, versionId);
      const head = note === undefined ? undefined : this.#open(note, size);
      if (head !== undefined) return head;
      if (note !== undefined && !isSigned(note, origin, verifiers)) noteGarbage(bucket, versionId, verifiers);
    }
    return undefined;
  }

  /** A stored checkpoint of this size that verifies. */
  async #stored(size: number): Promise<StoredHead | undefined> {
    const key = checkpointKey(size);
    const note = await this.#get(key);
    const head = note === undefined ? undefined : this.#open(note, size);
    if (head !== undefined || note === undefined) return head;
    const versions = (await this.#context.bucket.versions(key)).filter((each) => each.key === key);
    return this.#verified({ key, versions });
  }

  #get(key: string, versionId?: string): Promise<Uint8Array | undefined> {
    return this.#context.bucket.get(key, {
      to: MAX_CHECKPOINT_BYTES,
      ...(versionId === undefined ? {} : { versionId }),
    });
  }

  /** A note as a head, when a key of the log has signed it and the root is that of the entries, as far as they are there. Kept then. */
  #open(note: Uint8Array, size: number): StoredHead | undefined {
    const { replica } = this.#context;
    const state = replica.state();
    const { origin, verifiers } = trustAt(this.#context, state);
    const head = this.#read(note, size);
    if (head === undefined || !isSigned(note, origin, verifiers)) return undefined;
    // Asked and computed in one reading: another process may empty a replica that both keep, and take the log in anew.
    const own = replica.snapshot((rows) => {
      const last = segmentAt(rows, size - 1);
      return last === undefined || last.first + last.count < size ? undefined : rootAt(rows, size);
    });
    if (own === undefined) {
      // A key that was retired tells nothing of what came after it.
      return isSigned(note, origin, trustNext(this.#context, state).verifiers) ? head : undefined;
    }
    if (!equalBytes(own, head.root)) return undefined;
    this.keep(head);
    return head;
  }

  #read(note: Uint8Array, size: number): StoredHead | undefined {
    try {
      const { origin, ...head } = readHead(note);
      if (origin !== this.#origin() || head.size !== size) return undefined;
      const control = this.#context.replica.read((rows) => controlAt(rows, size));
      return { size: size as TreeSize, root: head.root, signatures: head.signatures, control };
    } catch (cause) {
      if (cause instanceof NoteError || cause instanceof FormatError) return undefined;
      throw cause;
    }
  }

  #sign(size: number): StoredHead {
    const { replica, signer } = this.#context;
    assert(signer !== undefined, 'who reads only signs nothing');
    requireRemembered(this.#context);
    return replica.snapshot((rows) => {
      const root = rootAt(rows, size);
      const text = formatCheckpoint({ origin: signer.name, size: size as TreeSize, root });
      const signatures = new Uint8Array(
        Buffer.concat([Buffer.from(signer.keyId, 'hex'), signer.sign(Buffer.from(text))]),
      );
      return { size: size as TreeSize, root, signatures, control: controlAt(rows, size) };
    });
  }

  #origin(): string {
    return trustAt(this.#context, this.#context.replica.state()).origin;
  }
}
