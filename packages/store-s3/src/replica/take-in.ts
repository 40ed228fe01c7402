import { assert, equalBytes } from '@zegel/core';
import type { Subtree } from '@zegel/log/port';
import { edgeAt, lastLeaf } from './hashes.ts';
import { type Replica, type Rows, stateOf } from './replica.ts';
import type { Intake, SegmentRow } from './rows.ts';
import * as sql from './schema.ts';

const HASH = 32;

/**
 * Takes in the next confirmed segment. Returns false, and does nothing, when the replica is not where the segment
 * begins: another process has taken it in already, or has emptied the replica.
 */
export function takeIn(replica: Replica, intake: Intake): boolean {
  const { first, count, leafHashes } = intake;
  assert(
    leafHashes.length === HASH * count && intake.ids.length === 16 * count,
    'a hash and an id per entry',
  );
  return replica.write((rows) => {
    const state = stateOf(rows);
    // `next` alone does not tell: it may have been emptied meanwhile, and have taken in another log as far as here.
    const goesOn = state.prev === undefined ? first === 0 : equalBytes(state.prev, intake.prev);
    if (state.next !== first || !goesOn) return false;
    const before = rows.get(sql.SEGMENT_AT, first - 1) as SegmentRow | undefined;
    const control = intake.control ?? before?.control ?? 0;
    const { size, version, prev, root, recorded } = intake;
    rows.run(sql.ADD_SEGMENT, first, count, size, version, prev, root, control, recorded);
    for (const { level, n, hash } of intake.subtrees ?? subtreesBy(rows, first, leafHashes))
      rows.run(sql.ADD_SUBTREE, level, n, hash);
    rows.run(sql.ADD_LEAVES, first, leafHashes);
    rows.run(sql.ADD_IDS, intake.ids, first, JSON.stringify(intake.parts));
    for (const { index, numbers } of intake.retentions)
      rows.run(sql.ADD_RETENTION, index, Buffer.concat(numbers));
    const keys = JSON.stringify(intake.keys ?? state.keys);
    rows.run(sql.MOVE, first + count, lastLeaf(leafHashes), keys, intake.origin, first);
    return true;
  });
}

/** Subtrees that these leaves complete. */
function subtreesBy(rows: Rows, first: number, leafHashes: Uint8Array): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  edgeAt(rows, first).appendAll(leafHashes, (level, n, hash) => subtrees.push({ level, n, hash }));
  return subtrees;
}
