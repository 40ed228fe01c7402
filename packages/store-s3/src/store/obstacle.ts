import { StoreError } from '../store-error.ts';

/** What keeps a body from going. */
export interface Obstacle {
  /** For people: names the key and says until when. */
  readonly reason: string;
  /** First entry of the segment, or of the key that it stands at. */
  readonly index: number;
}

/** Says of what is in the way which is first, and how much more there is. */
export function refused([first, ...more]: readonly [Obstacle, ...Obstacle[]]): StoreError {
  const { reason, index } = first;
  const and = more.length === 0 ? '' : `; and ${more.length} more are locked or held`;
  return new StoreError('STORE_IO', `${reason}${and}`, { index });
}
