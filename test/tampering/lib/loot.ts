import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CompactRange,
  canonicalize,
  createSigner,
  encodeBase64url,
  formatCheckpoint,
  type JsonObject,
  leafHash,
  parseSkey,
  type Signer,
  treeSize,
} from '@zegel/core';
import { openReader } from '@zegel/log';
import { ORIGIN, type Scene } from './scene.ts';
import { writeFile } from './write-file.ts';

/** An entry as it lies in the file; without bytes its body is gone. */
export interface Loose {
  bytes: Uint8Array | undefined;
  leaf: Uint8Array;
}

/** A stored head, to be changed. */
export interface LooseHead {
  size: number;
  root: Uint8Array;
  signatures: Uint8Array;
}

/** The key that the thief found beside the log. */
export function stolenKey({ keys }: Scene): Signer {
  return parseSkey(readFileSync(join(keys, 'log.key'), 'utf8').trim());
}

/** A key of the thief's own, under any name. */
export function otherKey(name: string = ORIGIN): Signer {
  return createSigner(name, new Uint8Array(32).fill(7));
}

/** All of a log in memory, to be written back changed: what root can do to the file, without a care for its triggers. */
export class Loot {
  readonly entries: Loose[];
  heads: LooseHead[];

  private constructor(entries: Loose[], heads: LooseHead[]) {
    this.entries = entries;
    this.heads = heads;
  }

  static async read(dir: string): Promise<Loot> {
    await using reader = await openReader(dir);
    const entries: Loose[] = [];
    for await (const chunk of reader.read(0, Number.MAX_SAFE_INTEGER))
      for (const { leafHash: leaf, bytes } of chunk)
        entries.push({ bytes: bytes?.slice(), leaf: leaf.slice() });
    const heads = await reader.heads(0, Number.MAX_SAFE_INTEGER, 10_000);
    return new Loot(
      entries,
      heads.map((h) => ({ ...h, root: h.root.slice(), signatures: h.signatures.slice() })),
    );
  }

  /** Another one of the same, to be changed apart. */
  clone(): Loot {
    return new Loot(structuredClone(this.entries), structuredClone(this.heads));
  }

  get size(): number {
    return this.entries.length;
  }

  entry(index: number): Loose {
    const entry = this.entries[index];
    if (entry === undefined) throw new Error(`no entry ${index}`);
    return entry;
  }

  /** The entry's object, to be changed and given to {@link put}. */
  object(index: number): { [key: string]: unknown } {
    const { bytes } = this.entry(index);
    if (bytes === undefined) throw new Error(`entry ${index} has no body`);
    return JSON.parse(Buffer.from(bytes).toString()) as { [key: string]: unknown };
  }

  /** Puts an object in place of an entry, in canonical form; its stored leaf hash stays as it was. */
  put(index: number, object: object): this {
    this.entry(index).bytes = Buffer.from(canonicalize(object as JsonObject));
    return this;
  }

  /** Changes an entry by its keys. */
  edit(index: number, change: object): this {
    return this.put(index, { ...this.object(index), ...change });
  }

  /** Makes the stored leaf hash that of the body. */
  rehash(index: number): this {
    const entry = this.entry(index);
    if (entry.bytes !== undefined) entry.leaf = leafHash(entry.bytes);
    return this;
  }

  /** Writes index, `prev` and, unless told otherwise, `control` anew from an entry on, and all leaf hashes. */
  rechain(from = 0, { controls = true } = {}): this {
    for (let index = Math.max(from, 1); index < this.size; index++) {
      if (this.entry(index).bytes === undefined) continue;
      const object = this.object(index);
      object['index'] = index;
      object['prev'] = encodeBase64url(this.entry(index - 1).leaf);
      if ('control' in object && controls) object['control'] = this.control(index);
      this.put(index, object).rehash(index);
    }
    return this;
  }

  /** Computes the roots of all heads anew; with keys also signs them, and adds one that covers everything. */
  rehead(...signers: readonly Signer[]): this {
    this.heads = this.heads.filter(({ size }) => size <= this.size);
    const last = this.heads.at(-1);
    if (signers.length > 0 && last?.size !== this.size) this.head(this.size);
    const roots = this.roots();
    for (const head of this.heads) {
      head.root = roots[head.size] ?? head.root;
      if (signers.length > 0) this.sign(head, signers);
    }
    return this;
  }

  /** Everything anew, with the key that is given: what a thief with a key does after a change. */
  reseal(...signers: readonly Signer[]): this {
    return this.rechain().rehead(...signers);
  }

  /** Adds an entry at the end with everything that depends on its place. */
  append(object: object): this {
    this.entries.push({ bytes: undefined, leaf: new Uint8Array(32) });
    return this.put(this.size - 1, object).rechain(this.size - 1);
  }

  /** Adds an unsigned head. */
  head(size: number): LooseHead {
    const head = { size, root: this.roots()[size] ?? new Uint8Array(32), signatures: new Uint8Array(68) };
    this.heads.push(head);
    return head;
  }

  sign(head: LooseHead, signers: readonly Signer[]): void {
    const [first] = signers;
    if (first === undefined) return;
    const text = formatCheckpoint({ origin: first.name, size: treeSize(head.size), root: head.root });
    const message = Buffer.from(text);
    head.signatures = Buffer.concat(
      signers.map((s) => Buffer.concat([Buffer.from(s.keyId, 'hex'), s.sign(message)])),
    );
  }

  roots(): Uint8Array[] {
    const tree = CompactRange.empty();
    const roots = [tree.root()];
    for (const { leaf } of this.entries) {
      tree.append(leaf);
      roots.push(tree.root());
    }
    return roots;
  }

  /** The newest entry below an index that is not an access, as `control` names it. */
  control(before: number): { index: number; leaf: string } | undefined {
    for (let index = before - 1; index >= 0; index--) {
      const { bytes, leaf } = this.entry(index);
      if (bytes !== undefined && !Buffer.from(bytes).includes('"kind":"access"'))
        return { index, leaf: encodeBase64url(leaf) };
    }
    return undefined;
  }
}

/** Reads the log of a scene, lets the thief at it, and writes it back. */
export async function rewrite(scene: Scene, work: (loot: Loot) => unknown): Promise<void> {
  const loot = await (scene.bucket?.loot() ?? Loot.read(scene.dir));
  await work(loot);
  if (scene.bucket === undefined) writeFile(loot, scene.dir);
  else await scene.bucket.write(loot);
}
