import type { S3Client } from '@aws-sdk/client-s3';
import type { Loot } from './loot.ts';
import { ObjectStore, type Objects } from './objects.ts';

/** A sound log in a bucket, from which copies are made, and what was there at the checkpoint kept elsewhere. */
export class Pristine {
  readonly client: S3Client;
  readonly endpoint: string;
  readonly buckets: { readonly log: string; readonly vault: string };
  readonly name = 'sound';
  readonly home: string;
  objects: Objects = new Map();
  vault: Objects = new Map();
  older: { readonly log: Objects; readonly vault: Objects } = { log: new Map(), vault: new Map() };
  #loot: Loot | undefined;

  constructor(client: S3Client, endpoint: string, home: string, buckets: Pristine['buckets']) {
    this.client = client;
    this.endpoint = endpoint;
    this.home = home;
    this.buckets = buckets;
  }

  get url(): string {
    return this.at(this.name);
  }

  get loot(): Loot {
    if (this.#loot === undefined) throw new Error('the scene is not made yet');
    return this.#loot;
  }

  set loot(loot: Loot) {
    this.#loot = loot;
  }

  /** The log at another prefix of the same buckets. */
  at(prefix: string): string {
    const { log, vault } = this.buckets;
    const query = {
      endpoint: this.endpoint,
      region: 'us-east-1',
      vault,
      lock: 'none',
      flush: '0',
      poll: '100',
    };
    return `s3://${log}/${prefix}?${new URLSearchParams(query).toString()}`;
  }

  store(which: 'log' | 'vault', prefix: string): ObjectStore {
    return new ObjectStore(this.client, this.buckets[which], prefix);
  }
}
