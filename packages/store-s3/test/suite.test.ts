import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogStore, StoreOptions } from '@zegel/log/port';
import { openStore, StoreError } from '../src/index.ts';
import { SUITE_SIGNER, storeSuite } from '@zegel/testkit';
import { describe } from 'vitest';
import { NEEDS_S3, NO_S3 } from './lib/s3.ts';
import { newPlace } from './lib/place.ts';

interface Place {
  readonly url: string;
  readonly home: string | undefined;
}

const places = new WeakMap<LogStore, Place>();

function placeOf(store: LogStore): Place {
  const place = places.get(store);
  if (place === undefined) throw new Error('a store that the suite did not open');
  return place;
}

function opened({ url, home }: Place, mode: StoreOptions['mode']): Promise<LogStore> {
  return openStore(url, { mode, signer: SUITE_SIGNER, ...(home === undefined ? {} : { home }) });
}

/** A log begins with its first segment: until then there is none to open for writing. */
async function reopened(place: Place): Promise<LogStore> {
  try {
    return await opened(place, 'write');
  } catch (cause) {
    if (cause instanceof StoreError && cause.code === 'STORE_NOT_FOUND') return opened(place, 'create');
    throw cause;
  }
}

describe.each(['in memory', 'in a home'])(`replica %s ${NEEDS_S3}`, (kept) => {
  describe.skipIf(NO_S3)('a server', () => {
    storeSuite({
      name: `S3, replica ${kept}`,
      open: async () => {
        const url = await newPlace({ more: 'poll=50' });
        const home = kept === 'in memory' ? undefined : await mkdtemp(join(tmpdir(), 'zegel-s3-'));
        const store = await opened({ url, home }, 'create');
        places.set(store, { url, home });
        return store;
      },
      reopen: (store) => reopened(placeOf(store)),
      destroy: async (store) => {
        const { home } = placeOf(store);
        if (home !== undefined) await rm(home, { recursive: true });
      },
    });
  });
});
