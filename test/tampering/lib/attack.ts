import type { FindingCode } from '@zegel/core';
import type { VerifyOptions } from '@zegel/log';
import type { Scene } from './scene.ts';

/** What a verifier can hold that the log's operator can't change, vault and index being examined with it. */
export type Held = 'nothing' | 'vkey' | 'checkpoint' | 'state' | 'vault' | 'index';

/** What must be found, with the first entry concerned. */
export interface Wanted {
  readonly code: FindingCode;
  readonly index?: number;
}

/** One attack by somebody who can write every file of the log's folder and has its key. */
export interface Attack {
  readonly title: string;
  /** What it takes to find it: without any one of these it is not found. */
  readonly holds: readonly Held[];
  readonly tamper: (scene: Scene) => void | Promise<void>;
  /** Every code that is found, each with the first entry concerned. */
  readonly want: readonly Wanted[];
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
  /** Bodies that are then missing under a cover. */
  readonly pruned?: number;
}
