import type { LogStore } from '@zegel/log/port';
import { MemoryPlace, memoryStore, storeSuite } from '@zegel/testkit';

const places = new WeakMap<LogStore, MemoryPlace>();
let races = 0;

storeSuite({
  name: 'memory',
  open: () => {
    const place = new MemoryPlace();
    const store = memoryStore(place, { loseRace: () => races++ % 3 === 0 });
    places.set(store, place);
    return Promise.resolve(store);
  },
  reopen: (store) => Promise.resolve(memoryStore(places.get(store))),
  destroy: () => Promise.resolve(),
});
