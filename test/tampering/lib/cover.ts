import type { Loot } from './loot.ts';

/** Appends a retention entry of the thief's own making; `change` goes over its keys. */
export function appendCover(
  loot: Loot,
  ranges: readonly (readonly [number, number])[],
  change: object = {},
): Loot {
  const { recorded } = loot.object(loot.size - 1);
  return loot.append({
    v: 1,
    kind: 'retention',
    id: '0192f0a0-0000-7000-8000-000000000002',
    index: 0,
    prev: '',
    control: {},
    occurred: recorded,
    recorded,
    activity: 'orders',
    rule: 'retention',
    cutoff: recorded,
    handles: [],
    ranges,
    ...change,
  });
}

/** Removes bodies as pruning does, but without asking anybody. */
export function removeBodies(loot: Loot, first: number, last: number = first): Loot {
  for (let index = first; index <= last; index++) loot.entry(index).bytes = undefined;
  return loot;
}
