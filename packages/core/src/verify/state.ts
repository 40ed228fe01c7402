import { type ChainState, newChain } from './chain.ts';
import { type ControlState, newControl } from './control.ts';
import { type HeadState, newHeads } from './heads.ts';
import { type KeyState, newKeys } from './keys.ts';
import { newParts, type PartState } from './parts.ts';
import { newPruning, type PruneState } from './pruning.ts';
import { newRegister, type RegisterState } from './register.ts';
import type { SourceState } from './sources.ts';

/**
 * Everything that verification remembers between two entries, as plain data: to be kept with a
 * verified checkpoint, so that the next run costs only what is new. It must be kept where the log's
 * operator can't write, as the checkpoint itself.
 */
export interface CheckerState {
  readonly chain: ChainState;
  readonly control: ControlState;
  readonly parts: PartState;
  readonly register: RegisterState;
  readonly sources: SourceState;
  readonly keys: KeyState;
  readonly pruning: PruneState;
  readonly heads: HeadState;
  /** Heartbeat deadline in force, in milliseconds. */
  deadline: number | undefined;
  /** Roots of the perfect subtrees of the tree so far. */
  readonly edge: readonly Uint8Array[];
}

/** Before the first entry. `prev` of entry 0 is checked with the genesis. */
export function newState(origin: string | undefined): CheckerState {
  return {
    chain: newChain(),
    control: newControl(),
    parts: newParts(),
    register: newRegister(),
    sources: new Map(),
    keys: newKeys(origin),
    pruning: newPruning(),
    heads: newHeads(),
    deadline: undefined,
    edge: [],
  };
}

/** Bytes of a leaf hash. */
export const LEAF_BYTES = 32;
const leaf = Buffer.alloc(LEAF_BYTES);

/** 32 bytes of a base64url leaf hash, in a buffer that the next call overwrites. */
export function leafBytes(text: string): Uint8Array {
  leaf.write(text, 0, 'base64url');
  return leaf;
}
