import { describe, expect, test } from 'vitest';
import { checkChain, everything, hex, link, newHome, open } from './lib/log.ts';
import { NEEDS_S3, NO_S3 } from './lib/s3.ts';
import { newPlace } from './lib/place.ts';

const WRITERS = ['a', 'b', 'c', 'd'];
const COMMITS = 20;

describe.skipIf(NO_S3)(`writers that race ${NEEDS_S3}`, () => {
  test.each(['apart', 'in one home'])(
    'four of 20 commits each make one chain, %s',
    async (where) => {
      const url = await newPlace();
      const home = where === 'apart' ? undefined : await newHome();
      const options = { busyTimeout: 60_000, ...(home === undefined ? {} : { home }) };
      const first = await open(url, 'create', options);
      await link(first, 'a');
      const stores = [first];
      for (let n = 1; n < WRITERS.length; n++) stores.push(await open(url, 'write', options));
      await Promise.all(
        stores.map(async (store, n) => {
          for (let commit = 0; commit < COMMITS; commit++)
            await link(store, WRITERS[n] ?? '', 1 + (commit % 3));
        }),
      );
      const each = Array.from({ length: COMMITS }, (_, n) => 1 + (n % 3)).reduce((sum, n) => sum + n, 0);
      const fresh = await open(url, 'write');
      expect(await checkChain(fresh)).toEqual(
        new Map(WRITERS.map((writer) => [writer, each + (writer === 'a' ? 1 : 0)])),
      );
      const seen = (await everything(fresh)).map(({ leafHash }) => hex(leafHash));
      for (const store of stores)
        expect((await everything(store)).map(({ leafHash }) => hex(leafHash))).toEqual(seen);
      expect(await fresh.heads(0, 10_000, 10_000)).toHaveLength(WRITERS.length * COMMITS + 1);
      expect((await fresh.head())?.size).toBe(seen.length);
    },
    120_000,
  );
});
