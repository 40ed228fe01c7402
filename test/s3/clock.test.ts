import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { checkLog } from './lib/check.ts';
import { FaultProxy } from './lib/proxy.ts';
import { items, newLog, type Place, writer } from './lib/scene.ts';
import { SERVERS } from './lib/servers.ts';

const MINUTE = 60_000;
const [{ endpoint = '', mode, variable }] = SERVERS as [(typeof SERVERS)[number]];

afterEach(() => {
  vi.restoreAllMocks();
});

/** A `Date` so many minutes from the server's. */
const off =
  (minutes: number, more: Readonly<Record<string, string>> = {}) =>
  (date: string): Readonly<Record<string, string>> => ({
    date: new Date(Date.parse(date) + minutes * MINUTE).toUTCString(),
    ...more,
  });

/** This machine's clock is so many minutes ahead from now on. */
function setAhead(minutes: number): void {
  vi.restoreAllMocks();
  const now = Date.now.bind(Date);
  vi.spyOn(Date, 'now').mockImplementation(() => now() + minutes * MINUTE);
}

async function proxied(): Promise<{
  place: Place;
  proxy: FaultProxy;
  through: Awaited<ReturnType<typeof writer>>;
}> {
  const place = await newLog(endpoint);
  const proxy = await FaultProxy.before(endpoint);
  onTestFinished(() => proxy.close());
  return { place, proxy, through: await writer(place.by(proxy.endpoint)) };
}

const CLOCK: unknown = expect.objectContaining({ code: 'STORE_CLOCK' });

describe.skipIf(endpoint === '')(
  `a writer whose clock is not the server's, ${mode} (needs a server in ${variable})`,
  () => {
    test.each([
      ['ahead', -10, /clock is (9|10) minutes ahead of the server's, by more than 5 minutes/],
      ['behind', 10, /clock is (10|11|9) minutes behind the server's/],
    ])('%s of it commits nothing, and goes on when it is right', async (_, minutes, words) => {
      const { place, proxy, through } = await proxied();
      await through.append(items('before', 2));
      proxy.stamp = off(minutes);
      // What answers told before the server's time changed counts for one commit at most: its own answers tell better.
      const late = items('late', 1);
      await through.append(late).catch(() => undefined);
      const refused = items('refused', 3);
      await expect(through.append(refused)).rejects.toEqual(CLOCK);
      await expect(through.append(refused)).rejects.toThrow(words);
      const puts = proxy.passed.filter(({ operation }) => operation === 'put').length;
      await expect(through.append(refused)).rejects.toEqual(CLOCK);
      expect(proxy.passed.filter(({ operation }) => operation === 'put')).toHaveLength(puts);
      proxy.stamp = off(0);
      await through.append(refused);
      const { at } = await checkLog(place, through.acknowledged);
      expect(refused.every((item) => at.has(item))).toBe(true);
    });

    test('that is set while it runs commits nothing from then on, whatever S3 itself takes', async () => {
      const place = await newLog(endpoint);
      const one = await writer(place.url);
      await one.append(items('before', 2));
      for (const minutes of [6, -6, 40]) {
        setAhead(minutes);
        await expect(one.append(items('refused', 1))).rejects.toEqual(CLOCK);
      }
      vi.restoreAllMocks();
      await one.append(items('after', 2));
      setAhead(4);
      await one.append(items('not far', 1));
      vi.restoreAllMocks();
      const { items: there } = await checkLog(place, one.acknowledged);
      expect(there).toHaveLength(15);
    });

    test('from the start opens the log, reads it, and commits nothing', async () => {
      const place = await newLog(endpoint);
      setAhead(60);
      const one = await writer(place.url);
      expect((await one.store.head())?.size).toBe(10);
      await expect(one.append(items('refused', 1))).rejects.toEqual(CLOCK);
    });

    test('is not judged by an answer that a proxy kept', async () => {
      const { place, proxy, through } = await proxied();
      proxy.stamp = off(-30, { age: '1800' });
      await through.append(items('aged', 1));
      await through.append(items('aged', 1));
      // Without its age: one old answer is looked into.
      let old = 3;
      proxy.stamp = (date) => (old-- > 0 ? off(-10)(date) : { date });
      await through.append(items('old', 1));
      await through.append(items('old', 1));
      await checkLog(place, through.acknowledged);
    });

    test('is asked for after a while, and can not be right where no answer tells', async () => {
      const { place, proxy, through } = await proxied();
      await through.append(items('before', 1));
      const asked = proxy.passed.length;
      const later = performance.now.bind(performance);
      vi.spyOn(performance, 'now').mockImplementation(() => later() + 3 * MINUTE);
      const clock = Date.now.bind(Date);
      vi.spyOn(Date, 'now').mockImplementation(() => clock() + 3 * MINUTE);
      await through.append(items('later', 1));
      expect(proxy.passed.slice(asked).map(({ operation }) => operation)[0]).toBe('versions');
      vi.restoreAllMocks();
      proxy.stamp = () => ({});
      const blind = await writer(place.by(proxy.endpoint));
      await expect(blind.append(items('blind', 1))).rejects.toThrow(/do not say what time it is/);
    });
  },
);
