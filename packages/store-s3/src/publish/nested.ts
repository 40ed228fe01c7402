import { StoreError } from '../store-error.ts';
import { ensureObject, type PublicPlace, TILE_HEADERS } from './public-objects.ts';

/** Where whoever publishes may put something, and where no client of tiles looks. */
const KEY = 'tile/nested';

/** Whether what is under the name of an object is listed all the same: servers that keep objects in folders may hide it. */
export async function isNestedListed(place: PublicPlace, key: string): Promise<boolean> {
  const under = `${key}/0`;
  for (const each of [under, key]) await ensureObject(place, each, Buffer.from('nested\n'), TILE_HEADERS);
  return (await place.versions(`${key}/`)).some((each) => each.key === under);
}

/**
 * Refuses to publish where it is not: with a public `checkpoint` there, nobody would find the log's own, `checkpoint/…`. Leaves two
 * small objects.
 *
 * @throws StoreError STORE_UNSAFE
 */
export async function requireNested(place: PublicPlace): Promise<void> {
  if (await isNestedListed(place, KEY)) return;
  throw new StoreError(
    'STORE_UNSAFE',
    'on this server an object hides from listings what is under its name: with a public "checkpoint" the log\'s own, "checkpoint/…", would not be found. Nothing is published beside it: name another place for it (--to), or let `zegel serve` serve the same',
  );
}
