import { describe, expect, onTestFinished, test } from 'vitest';
import { segmentKey } from './lib/admin.ts';
import { checkLog } from './lib/check.ts';
import { FaultProxy } from './lib/proxy.ts';
import { fourSegments, items, opened, SIZE, writer } from './lib/scene.ts';
import { SERVERS } from './lib/servers.ts';

describe.each(SERVERS)('bodies cut short, $mode (needs a server in $variable)', ({ endpoint = '' }) => {
  describe.skipIf(endpoint === '')('by somebody on the way who makes their length agree', () => {
    test('are not taken for garbage: what can not be read whole is no reason to write anew', async () => {
      const place = await fourSegments(endpoint);
      const proxy = await FaultProxy.before(place.endpoint);
      onTestFinished(() => proxy.close());
      const behind = await writer(place.by(proxy.endpoint), { busyTimeout: 1000 });
      const other = await writer(place.url);
      await other.append(items('other', 10));
      // From here on every body of the newest segment comes in half.
      proxy.plan = ({ operation, key }) =>
        operation === 'get' && key.endsWith(segmentKey(SIZE))
          ? { kind: 'truncated', persisted: true }
          : undefined;
      await expect(behind.append(items('behind', 3))).rejects.toMatchObject({ code: 'STORE_IO' });
      const puts = proxy.passed.filter(
        ({ operation, key, status }) => operation === 'put' && /seg/.test(key) && status === 200,
      );
      expect(puts).toEqual([]);
      const reader = await opened(place.url, { mode: 'read' });
      expect(await reader.inspect()).toEqual([]);
      proxy.plan = () => undefined;
      await behind.append(items('behind', 3));
      const { items: there } = await checkLog(place, behind.acknowledged, other.acknowledged);
      expect(there).toHaveLength(SIZE + 13);
    });
  });
});
