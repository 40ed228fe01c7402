import type { FindingCode } from '@zegel/core';
import type { VerifyOptions } from '@zegel/log';
import type { BucketScene } from './bucket-scene.ts';
import type { Scene } from './scene.ts';

/** What a verifier can hold that the log's operator can't change, vault and index being examined with it. */
export type Held = 'nothing' | 'vkey' | 'checkpoint' | 'state' | 'vault' | 'index';

/** What must be found, with the first entry concerned. */
export interface Wanted {
  readonly code: FindingCode;
  readonly index?: number;
}

/**
 * An attack on a log in a bucket: what is found there, or the code of the error with which verification refuses; or the attack that
 * stands for it; or why there can be none.
 */
export type InBucket =
  | { readonly want: readonly Wanted[]; readonly because: string }
  | { readonly refused: string; readonly because: string }
  | { readonly counterpart: string }
  | { readonly none: string };

/** One attack by somebody who can write every file of the log's folder and has its key. */
export interface Attack {
  readonly title: string;
  /** What it takes to find it: without any one of these it is not found. */
  readonly holds: readonly Held[];
  readonly tamper: (scene: Scene) => void | Promise<void>;
  /** Every code that is found, each with the first entry concerned. */
  readonly want: readonly Wanted[];
  /** What becomes of it where the log is in a bucket; left out, the same. */
  readonly inBucket?: InBucket;
  /** How the verifier looks, where it is not the ordinary way. */
  readonly options?: Pick<VerifyOptions, 'incremental' | 'staleAfter'>;
}

/** Something that happens to honest logs. */
export interface Allowed {
  readonly title: string;
  /** Leaves the scene as it lawfully may be. */
  readonly happen: (scene: Scene) => void | Promise<void>;
  /** Folder to verify, if it is not the scene's own. */
  readonly where?: (scene: Scene) => string;
  /** The case that stands for it where the log is in a bucket, or why there can be none; left out, the same. */
  readonly inBucket?: { readonly counterpart: string } | { readonly none: string };
  /** Bodies that are then missing under a cover. */
  readonly pruned?: number;
}

/** One attack on a log in a bucket, by an administrator whom no lock stops; without the log's key unless it is in the scene's. */
export interface BucketAttack extends Omit<Attack, 'tamper' | 'inBucket'> {
  readonly tamper: (scene: BucketScene) => void | Promise<void>;
  /** It is done to what the verifier's machine keeps, and one that keeps nothing finds nothing. */
  readonly onMachine?: true;
  /** Code of the error with which verification refuses to begin. */
  readonly refused?: string;
  /** What a machine finds that saw the log before, where it is something else; with the reason. */
  readonly onWarm?: { readonly want: readonly Wanted[]; readonly because: string };
}

/** Something that happens to honest logs in buckets. */
export interface BucketAllowed extends Omit<Allowed, 'happen' | 'where' | 'inBucket'> {
  readonly happen: (scene: BucketScene) => void | Promise<void>;
  /** The log to verify, if it is not the scene's own. */
  readonly where?: (scene: BucketScene) => string;
}
