import { BundleMark } from './bundle-mark.ts';
import { Covers } from './covers.ts';
import type { PublicPlace } from './public-objects.ts';
import { removeBundles } from './publish-bundles.ts';

/**
 * Removes published bundles of entries that have one of these, every version of them. Whoever publishes at the same time looks
 * afterwards for what was named meanwhile, and removes it again.
 *
 * @param size of the log
 */
export async function unpublish(
  place: PublicPlace,
  ranges: readonly (readonly [first: number, last: number])[],
  size: number,
): Promise<void> {
  if ((await new BundleMark(place).read()) === undefined) return;
  await removeBundles(place, new Covers(ranges), size);
}
