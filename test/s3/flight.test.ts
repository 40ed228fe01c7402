import { randomBytes } from 'node:crypto';
import { openStore } from '@zegel/store-s3';
import { expect, onTestFinished, test } from 'vitest';
import { FaultProxy } from './lib/proxy.ts';
import { newLog, opened, SIGNER, writer } from './lib/scene.ts';
import { Admin } from './lib/admin.ts';
import { ATOMIC } from './lib/servers.ts';

const { endpoint = '' } = ATOMIC;
const BOUND = 8 * 2 ** 20;
/** More than are kept by who takes them in. */
const SEGMENTS = 9;
const ENTRIES = 40;
const BYTES = 40_000;

test.skipIf(endpoint === '')(
  'however slow the first of them comes: objects on their way, to who reads and to who takes in, are bounded by their bytes (needs ZEGEL_TEST_S3)',
  async () => {
    const place = await newLog(endpoint, 1);
    const writing = await writer(place.url);
    for (let n = 0; n < SEGMENTS; n++)
      await writing.append(Array.from({ length: ENTRIES }, () => randomBytes(BYTES).toString('base64url')));
    const sizes = new Map((await new Admin(place).versions('seg/')).map(({ key, Size = 0 }) => [key, Size]));
    const proxy = await FaultProxy.before(endpoint);
    onTestFinished(() => proxy.close());
    const through = await openStore(place.by(proxy.endpoint), { mode: 'read', vkey: SIGNER.vkey });
    onTestFinished(() => through.close());
    const flights: number[] = [];
    const slow = (): void => {
      const asked: string[] = [];
      let flight = 0;
      proxy.plan = ({ operation, key }) => {
        const name = key.slice('log/'.length);
        if (operation !== 'get' || !name.startsWith('seg/') || asked.includes(name)) return undefined;
        asked.push(name);
        flight += sizes.get(name) ?? 0;
        flights[flights.length - 1] = flight;
        // Nothing can be taken before the first has come.
        return asked.length === 1 ? { kind: 'delay', ms: 1000, persisted: true } : undefined;
      };
      flights.push(0);
      setTimeout(() => {
        proxy.plan = () => undefined;
      }, 900);
    };
    slow();
    let count = 0;
    for await (const chunk of through.read(1, 1 + SEGMENTS * ENTRIES)) count += chunk.length;
    expect(count).toBe(SEGMENTS * ENTRIES);
    slow();
    await opened(place.by(proxy.endpoint), { mode: 'read' });
    expect(flights).toHaveLength(2);
    for (const flight of flights) {
      expect(flight).toBeGreaterThan(BOUND / 2);
      expect(flight).toBeLessThanOrEqual(BOUND);
    }
  },
);
