import { expect, test } from 'vitest';
import type { ObjectVersion } from '../src/bucket/object-version.ts';
import { requireNested } from '../src/publish/nested.ts';
import { MemoryPublicPlace } from './lib/public-place.ts';

/** A server that keeps objects in folders: what is under the name of an object is there, and in no listing. */
class Folders extends MemoryPublicPlace {
  override async versions(prefix: string): Promise<ObjectVersion[]> {
    const all = await super.versions('');
    const isHidden = (key: string): boolean => all.some((above) => key.startsWith(`${above.key}/`));
    return all.filter(({ key }) => key.startsWith(prefix) && !isHidden(key));
  }
}

test('nothing is published where an object hides what is under its name', async () => {
  await expect(requireNested(new Folders())).rejects.toMatchObject({ code: 'STORE_UNSAFE' });
  const place = new MemoryPublicPlace();
  await requireNested(place);
  await requireNested(place);
  expect(place.log).toEqual(['tile/nested/0', 'tile/nested']);
});
