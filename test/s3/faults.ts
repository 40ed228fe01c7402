import { describe, expect, onTestFinished, test } from 'vitest';
import { checkLog } from './lib/check.ts';
import { type Asked, everyFault, type Fault, faultOn } from './lib/fault.ts';
import { FaultProxy } from './lib/proxy.ts';
import { items, newLog, type Place, writer } from './lib/scene.ts';
import type { Server } from './lib/servers.ts';

/** Entries of the log at the end of a drill. */
const ENTRIES = 10 + 3 + 3 + 9 + 3 + 3;

/** Requests of a commit, by what they are for. */
const REQUESTS: readonly (readonly [string, (asked: Asked) => boolean])[] = [
  ['the segment', ({ operation, key }) => operation === 'put' && key.startsWith('log/seg/')],
  ['its confirmation', ({ operation }) => operation === 'versions'],
  ['the checkpoint', ({ operation, key }) => operation === 'put' && key.startsWith('log/checkpoint/')],
  ['a listing', ({ operation }) => operation === 'list'],
  ['a body', ({ operation }) => operation === 'get'],
];

async function proxyTo({ endpoint }: Place): Promise<FaultProxy> {
  const proxy = await FaultProxy.before(endpoint);
  onTestFinished(() => proxy.close());
  return proxy;
}

/** One writer at work while one request in its way meets the fault, `times` in a row. */
async function drill(
  endpoint: string,
  matches: (asked: Asked) => boolean,
  fault: Fault,
  times: number,
): Promise<number> {
  const place = await newLog(endpoint);
  const proxy = await proxyTo(place);
  // Another writer has been there: a commit has to catch up first, and so meets listings and bodies, too.
  const one = await writer(place.by(proxy.endpoint), { busyTimeout: 5000 });
  await one.insist(items('before', 3));
  const other = await writer(place.url);
  await other.append(items('between', 3));
  proxy.plan = faultOn(matches, fault, times);
  for (let n = 0; n < 3; n++) await one.insist(items(`during${n}`, 3));
  await one.store.head();
  await proxy.settled();
  await one.insist(items('after', 3));
  await other.insist(items('at last', 3));
  return (await checkLog(place, one.acknowledged, other.acknowledged)).items.length;
}

/** Faults that one of {@link REQUESTS} meets: all, or a third, such that every fault is met by two of them. */
function faultsOf(request: number, isWhole: boolean): readonly (readonly [string, Fault])[] {
  return [...everyFault(150)].filter((_, nth) => isWhole || (nth + request) % 3 === 0);
}

/** Faults on every request of a commit, one writer at work: every one where the matrix is to be whole. */
export function faultMatrix({ mode, endpoint = '', variable }: Server, isWhole: boolean): void {
  describe.skipIf(endpoint === '')(
    `faults on the way of one writer, ${mode} (needs a server in ${variable})`,
    () => {
      REQUESTS.forEach(([request, matches], nth) => {
        test.each(faultsOf(nth, isWhole))(`to ${request}: %s`, async (_name, fault) => {
          expect(await drill(endpoint, matches, fault, 1)).toBe(ENTRIES);
        });
      });

      test.each(faultsOf(REQUESTS.length, isWhole))(
        'three in a row to the segment: %s',
        async (_name, fault) => {
          const isSegment = (asked: Asked): boolean =>
            asked.operation === 'put' && asked.key.startsWith('log/seg/');
          expect(await drill(endpoint, isSegment, fault, 3)).toBe(ENTRIES);
        },
      );
    },
  );
}
