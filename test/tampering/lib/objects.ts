import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type Version, versionsOf } from '../../s3/lib/servers.ts';

/** Objects by their keys, without the prefix. */
export type Objects = ReadonlyMap<string, Uint8Array>;

const WIDTH = 8;

/** What stands under a prefix of a bucket, in the hands of somebody whom no lock stops. Keys are without the prefix. */
export class ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;
  readonly #prefix: string;

  constructor(client: S3Client, bucket: string, prefix: string) {
    this.#client = client;
    this.#bucket = bucket;
    this.#prefix = `${prefix}/`;
  }

  /** Every version of every key that begins so, the newest first within a key. */
  async versions(begin = ''): Promise<readonly (Version & { readonly key: string })[]> {
    const all = await versionsOf(this.#client, this.#bucket, this.#prefix + begin);
    return all.map((version) => ({ ...version, key: version.Key.slice(this.#prefix.length) }));
  }

  /** The newest version, or the one named. */
  async get(key: string, VersionId?: string): Promise<Uint8Array> {
    const { Body } = await this.#client.send(new GetObjectCommand({ ...this.#at(key), VersionId }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  }

  /** Returns the version made. */
  async put(key: string, body: Uint8Array | string): Promise<string> {
    const Body = Buffer.from(body);
    const { VersionId = '' } = await this.#client.send(new PutObjectCommand({ ...this.#at(key), Body }));
    return VersionId;
  }

  /** Puts them all, in the order of their keys as far as that matters to nobody. Returns the versions made. */
  async putAll(objects: Objects): Promise<ReadonlyMap<string, string>> {
    const made = new Map<string, string>();
    await each([...objects], async ([key, body]) => void made.set(key, await this.put(key, body)));
    return made;
  }

  /** Hides a key behind a delete marker; where there are no versions, the object is gone. */
  async hide(key: string): Promise<void> {
    await this.#client.send(new DeleteObjectCommand(this.#at(key)));
  }

  /** Removes a key with all its versions for good. */
  async remove(key: string): Promise<void> {
    await this.#delete((await this.versions(key)).filter((version) => version.key === key));
  }

  /** Puts other bytes in place of a key, of which nothing else is left. */
  async replace(key: string, body: Uint8Array | string): Promise<void> {
    await this.remove(key);
    await this.put(key, body);
  }

  /** Removes everything. */
  async clear(): Promise<void> {
    await this.#delete(await this.versions());
  }

  /** Everything as it stands now. */
  async all(): Promise<Objects> {
    const keys = [...new Set((await this.versions()).map(({ key }) => key))];
    const found = new Map<string, Uint8Array>();
    await each(keys, async (key) => void found.set(key, await this.get(key)));
    return new Map([...found].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  async #delete(versions: readonly Version[]): Promise<void> {
    if (versions.length === 0) return;
    const Objects = versions.map(({ Key, VersionId }) => ({ Key, VersionId }));
    await this.#client.send(
      new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } }),
    );
  }

  #at(key: string): { readonly Bucket: string; readonly Key: string } {
    return { Bucket: this.#bucket, Key: this.#prefix + key };
  }
}

/** Some at a time. */
async function each<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<void> {
  const left = all.values();
  await Promise.all(
    Array.from({ length: WIDTH }, async () => {
      for (const one of left) await work(one);
    }),
  );
}
