import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogStore } from '@zegel/log/port';
import { openStore } from '../src/index.ts';
import { storeSuite } from '@zegel/testkit';

const places = new WeakMap<LogStore, string>();
const placeOf = (store: LogStore): string => places.get(store) ?? '';

storeSuite({
  name: 'sqlite',
  open: async () => {
    const place = await mkdtemp(join(tmpdir(), 'zegel-suite-'));
    const store = await openStore(place, { mode: 'create' });
    places.set(store, place);
    return store;
  },
  reopen: (store) => openStore(placeOf(store), { mode: 'write' }),
  destroy: (store) => rm(placeOf(store), { recursive: true }),
});
