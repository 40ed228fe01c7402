import { assert, equalBytes, SIGNATURE_BYTES } from '@zegel/core';
import type { Batch } from '@zegel/log/port';
import { rootAfter } from '../replica/hashes.ts';
import { takenId } from '../replica/lookups.ts';
import type { Replica } from '../replica/replica.ts';

const MAX_ENTRY = 65_535;
const MAX_COUNT = 65_536;

/**
 * Fails loudly on a batch that breaks the port's contract: a segment once created can't be taken back.
 *
 * @throws AssertionFailed
 */
export function checkBatch(replica: Replica, first: number, batch: Batch): void {
  const count = batch.entries.length;
  const { head } = batch;
  assert(count > 0 && count <= MAX_COUNT, `a batch has 1 to ${MAX_COUNT} entries, not ${count}`);
  assert(head.size === first + count, 'the head of a batch covers exactly its entries');
  assert(batch.leafHashes.length === 32 * count, 'a batch has 32 bytes of leaf hash per entry');
  assert(batch.ids.length === 16 * count, 'a batch has 16 bytes of id per entry');
  assert(batch.parts.length === count, 'a batch has a part number per entry');
  assert(head.control >= 0 && head.control < head.size, 'control is an entry below the head');
  assert(head.signatures.length > 0 && head.signatures.length % SIGNATURE_BYTES === 0, 'a head is signed');
  for (const entry of batch.entries)
    assert(
      entry === undefined || (entry.length > 0 && entry.length <= MAX_ENTRY),
      `an entry has 1 to ${MAX_ENTRY} bytes, not ${entry?.length}`,
    );
  checkIds(replica, batch);
  const root = replica.read((rows) => rootAfter(rows, first, batch));
  assert(equalBytes(root, head.root), 'the root of a batch is that of the tree with its entries');
}

function checkIds(replica: Replica, { ids, parts }: Batch): void {
  const latin1 = Buffer.from(ids.buffer, ids.byteOffset, ids.length).toString('latin1');
  const seen = new Set<string>();
  for (const [n, part] of parts.entries()) {
    const id = latin1.slice(16 * n, 16 * n + 16);
    seen.add(part === 0 ? id : `${id}${part}`);
  }
  assert(seen.size === parts.length, 'an id stands twice in a batch');
  const taken = replica.read((rows) => takenId(rows, ids, parts));
  assert(taken === undefined, `an id of the batch is entry ${taken}'s already`);
}
