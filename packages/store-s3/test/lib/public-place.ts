import { createHash } from 'node:crypto';
import type { ObjectHeaders } from '../../src/bucket/bucket.ts';
import type { Lock, ObjectVersion, Outcome } from '../../src/bucket/object-version.ts';
import type { PublicPlace } from '../../src/publish/public-objects.ts';

interface Kept {
  readonly versionId: string;
  readonly body: Uint8Array;
  readonly headers: ObjectHeaders | undefined;
}

/** What a put does besides: fails before it, or after. */
export type Meddle = (key: string, nth: number) => 'before' | 'after' | 'lost' | undefined;

/** The crash of a publisher. */
export class Crash extends Error {}

/** A versioned bucket in memory, for what is published; as strict as a real one about conditions. */
export class MemoryPublicPlace implements PublicPlace {
  readonly objects: Map<string, Kept[]> = new Map();
  /** Keys in the order in which they were put. */
  readonly log: string[] = [];
  meddle: Meddle = () => undefined;
  /** Lets conditions through, as a server does whose conditional writes are not atomic. */
  isLax = false;
  #puts = 0;
  #versions = 0;

  create(key: string, body: Uint8Array, _lock?: Lock, headers?: ObjectHeaders): Promise<Outcome> {
    return this.#write(key, body, headers, () => this.objects.has(key));
  }

  put(key: string, body: Uint8Array, _lock?: Lock, headers?: ObjectHeaders): Promise<Outcome> {
    const { ifMatch } = headers ?? {};
    return this.#write(
      key,
      body,
      headers,
      () => ifMatch !== undefined && ifMatch !== etag(this.objects.get(key)?.at(-1)?.body),
    );
  }

  async get(key: string, { versionId }: { versionId?: string } = {}): Promise<Uint8Array | undefined> {
    await Promise.resolve();
    const all = this.objects.get(key) ?? [];
    const found = versionId === undefined ? all.at(-1) : all.find((one) => one.versionId === versionId);
    return found?.body;
  }

  async versions(prefix: string): Promise<ObjectVersion[]> {
    await Promise.resolve();
    return [...this.objects]
      .filter(([key]) => key.startsWith(prefix))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, all]) => all.toReversed().map(({ versionId, body }) => version(key, versionId, body)));
  }

  async versionsAfter(prefix: string): ReturnType<PublicPlace['versionsAfter']> {
    return { versions: await this.versions(prefix), isTruncated: false };
  }

  async remove(key: string, versionId?: string): Promise<void> {
    await Promise.resolve();
    const left = (this.objects.get(key) ?? []).filter((one) => one.versionId !== versionId);
    if (left.length > 0) this.objects.set(key, left);
    else this.objects.delete(key);
  }

  /** What everybody reads at a key. */
  body(key: string): Buffer | undefined {
    const found = this.objects.get(key)?.at(-1)?.body;
    return found && Buffer.from(found);
  }

  /** How it is served. */
  headers(key: string): ObjectHeaders | undefined {
    return this.objects.get(key)?.at(-1)?.headers;
  }

  async #write(
    key: string,
    body: Uint8Array,
    headers: ObjectHeaders | undefined,
    isRefused: () => boolean,
  ): Promise<Outcome> {
    await Promise.resolve();
    const fate = this.meddle(key, this.#puts++);
    if (fate === 'before') throw new Crash();
    if (!this.isLax && isRefused()) return { kind: 'taken' };
    const versionId = `v${this.#versions++}`;
    this.objects.set(key, [...(this.objects.get(key) ?? []), { versionId, body: body.slice(), headers }]);
    this.log.push(key);
    if (fate === 'after') throw new Crash();
    return fate === 'lost' ? { kind: 'unknown', cause: new Error('cut') } : { kind: 'made', versionId };
  }
}

function version(key: string, versionId: string, body: Uint8Array): ObjectVersion {
  return { key, versionId, isDeleteMarker: false, size: body.length, etag: etag(body) };
}

function etag(body: Uint8Array | undefined): string {
  return createHash('md5')
    .update(body ?? '')
    .digest('hex');
}
