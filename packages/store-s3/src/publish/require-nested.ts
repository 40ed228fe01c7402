import { StoreError } from '../store-error.ts';
import { ensureObject, type PublicPlace, TILE_HEADERS } from './public-objects.ts';

/** Where whoever publishes may put something, and where no client of tiles looks. */
const OBJECT = 'tile/nested';
const UNDER = `${OBJECT}/0`;

/**
 * Refuses to publish where an object hides from listings what is under its name, as on servers that keep objects in folders: with a public
 * `checkpoint` there, nobody would find the log's own, `checkpoint/…`. Leaves two small objects.
 *
 * @throws StoreError STORE_UNSAFE
 */
export async function requireNested(place: PublicPlace): Promise<void> {
  const body = Buffer.from('nested\n');
  for (const key of [UNDER, OBJECT]) await ensureObject(place, key, body, TILE_HEADERS);
  const listed = await place.versions(`${OBJECT}/`);
  if (listed.some(({ key }) => key === UNDER)) return;
  throw new StoreError(
    'STORE_UNSAFE',
    'on this server an object hides from listings what is under its name: with a public "checkpoint" the log\'s own, "checkpoint/…", would not be found. Nothing is published here; `zegel serve` serves the same',
  );
}
