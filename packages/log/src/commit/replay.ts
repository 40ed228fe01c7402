import { CompactRange, type HashReader, parseTime, sha256Base64url, type TreeSize } from '@zegel/core';
import { LogError } from '../errors.ts';
import type { LogStore, StoredEntry, StoredHead } from '../port.ts';
import { ChainState } from './chain-state.ts';

/** `prev` of entry 0 (format v1 §1): b64 SHA-256 of `zegel/v1\n<origin>\n`. */
function originHash(origin: string): string {
  return sha256Base64url(Buffer.from(`zegel/v1\n${origin}\n`));
}

/** The state of a log without entries. */
export function emptyState(origin: string): ChainState {
  return new ChainState(CompactRange.empty(), originHash(origin), 0, undefined, new Set());
}

/** The state at a stored head, from O(log n) stored hashes and the last entry. @throws LogError `LOG_DAMAGED` */
export async function stateAt(store: LogStore, head: StoredHead, hashes: HashReader): Promise<ChainState> {
  const range = await edgeAt(head.size, hashes);
  if (!Buffer.from(range.root()).equals(head.root))
    throw new LogError(
      'LOG_DAMAGED',
      `the stored hashes do not give the root of the checkpoint of ${head.size} entries`,
    );
  const [leaf, control] = await Promise.all([
    store.leafHashes(head.size - 1, head.size),
    store.leafHashes(head.control, head.control + 1),
  ]);
  const link = { index: head.control, leaf: Buffer.from(control).toString('base64url') };
  const state = new ChainState(
    range,
    Buffer.from(leaf).toString('base64url'),
    await lastRecorded(store, head),
    link,
    new Set(),
  );
  state.root = Buffer.from(head.root);
  return state;
}

/** The right edge of the tree at a size, from O(log n) stored hashes. */
export async function edgeAt(size: TreeSize, hashes: HashReader): Promise<CompactRange> {
  return CompactRange.from(size, await hashes(rangeNodes(size)));
}

/** The perfect subtrees that make up a tree of this size, widest first (RFC 6962 §2.1). */
function rangeNodes(size: number): { level: number; index: number }[] {
  const nodes: { level: number; index: number }[] = [];
  let start = 0;
  for (let level = 52; level >= 0; level--) {
    const width = 2 ** level;
    if (Math.floor(size / width) % 2 === 0) continue;
    nodes.push({ level, index: start / width });
    start += width;
  }
  return nodes;
}

/** The newest `recorded` that a body still tells; the control entry's at the latest, as those are never pruned. */
async function lastRecorded(store: LogStore, head: StoredHead): Promise<number> {
  for (let to: number = head.size; to > head.control; to -= 64) {
    const entries: StoredEntry[] = [];
    for await (const chunk of store.read(Math.max(head.control, to - 64), to)) entries.push(...chunk);
    const last = entries.findLast((e) => e.bytes !== undefined);
    if (last?.bytes === undefined) continue;
    return recordedOf(last);
  }
  throw new LogError('LOG_DAMAGED', `entry ${head.control} has no body`);
}

function recordedOf({ index, bytes }: StoredEntry): number {
  try {
    const { recorded } = JSON.parse(Buffer.from(bytes ?? '').toString()) as { recorded: string };
    const time = parseTime(recorded);
    if (time !== undefined) return time;
  } catch (cause) {
    throw new LogError('LOG_DAMAGED', `entry ${index} is not JSON`, { cause });
  }
  throw new LogError('LOG_DAMAGED', `entry ${index} does not say when it was recorded`);
}
