import type { SignedHead } from './head.ts';
import { type HeadOptions, HeadRule, newHeads } from './heads.ts';
import type { KeyState } from './keys.ts';

/** Heads of a log whose roots can be asked for, as from its tiles. */
export interface HeadsToCheck extends HeadOptions {
  readonly origin: string;
  /** The log's verifier keys in their order; each is needed for checkpoints of more than `after` entries. */
  readonly keys: KeyState['keys'];
  /** Number of entries. */
  readonly size: number;
  /** Stored heads, ascending. */
  readonly heads: Iterable<SignedHead>;
  /** Root (32 bytes) of the first `size` entries; only asked for sizes up to the log's. */
  rootAt(size: number): Promise<Uint8Array>;
}

/**
 * Checks heads without streaming the entries: signatures, roots, and checkpoints held elsewhere
 * (format v1 §5 Heads). It answers for the tree that `rootAt` reads, not for the entries' bodies.
 *
 * @throws NoteError, FormatError when a held checkpoint is none
 */
export async function checkHeads(log: HeadsToCheck): Promise<void> {
  const rule = new HeadRule(newHeads(), { origin: log.origin, keys: [...log.keys] }, log);
  for (const head of log.heads) {
    if (head.size > log.size) rule.beyond(head.size);
    else rule.stored(head, await log.rootAt(head.size));
  }
  for (let wanted = rule.wants(); wanted <= log.size; wanted = rule.wants())
    rule.atSize(wanted, await log.rootAt(wanted));
  rule.finish(log.size);
}
