/** Bytes of the index that no writer of ours made. Caught inside the package and told as `INDEX_DAMAGED` or a finding. */
export class DamagedChunk extends Error {
  override readonly name = 'DamagedChunk';
}

/** @throws DamagedChunk when the condition does not hold */
export function sound(condition: boolean, what: string): asserts condition {
  if (!condition) throw new DamagedChunk(what);
}
