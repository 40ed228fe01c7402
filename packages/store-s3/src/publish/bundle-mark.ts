import { type PublicPlace, replaceObject } from './public-objects.ts';

/** Outside of what C2SP tlog-tiles names, so that no client meets it. */
const KEY = 'published/entries';
const MOST = 32;
const FORM = /^(?:0|[1-9]\d{0,15})\n$/;
const HEADERS = { contentType: 'text/plain; charset=utf-8', cacheControl: 'no-store' } as const;

/**
 * Up to which size bundles of entries were published: a number on a line, 0 before the first of them. Nobody's trust rests on
 * it: one that is wrong costs bundles that are missing, or put once more; where it is missing, pruning looks for none.
 */
export class BundleMark {
  readonly #place: PublicPlace;

  constructor(place: PublicPlace) {
    this.#place = place;
  }

  /** Undefined where bundles were never published, or nobody can tell up to where. */
  async read(): Promise<number | undefined> {
    const bytes = await this.#place.get(KEY, { to: MOST });
    if (bytes === undefined) return undefined;
    const text = Buffer.from(bytes).toString('latin1');
    return FORM.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : 0;
  }

  /** If we crash before this, the next call puts the same bundles again. */
  write(size: number): Promise<void> {
    return replaceObject(this.#place, KEY, Buffer.from(`${size}\n`), HEADERS);
  }
}
