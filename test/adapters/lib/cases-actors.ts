import { expect, it } from 'vitest';
import type { Stage } from './stage.ts';

/** Who asks. */
export function actors(stage: Stage): void {
  const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';

  it('by the actor, the user agent and the trace', async () => {
    const traceparent = `00-${TRACE}-00f067aa0ba902b7-01`;
    const headers = { 'x-user': 'e-17', 'user-agent': 'Browser/1', traceparent };
    const got = await stage.ask('/customers/c-7', { headers });
    expect(stage.log.accesses()).toMatchObject([
      {
        actor: { kind: 'employee', id: 'e-17', role: 'support', userAgent: 'Browser/1' },
        trace: { trace: TRACE },
      },
    ]);
    expect(got.headers['traceparent']).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
  });

  it('and makes a trace where there is none, also for a refusal', async () => {
    const got = await stage.ask('/customers/c-7', { headers: {} });
    expect(stage.log.accesses()).toMatchObject([{ actor: { kind: 'anonymous' } }]);
    expect(got.headers['traceparent']).toContain(stage.log.accesses()[0]?.trace?.trace);
    stage.log.fail('down');
    expect((await stage.ask('/customers/c-7')).headers['traceparent']).toMatch(/^00-/);
  });

  it.each([
    [undefined, undefined],
    [1, '198.51.100.2'],
    [true, '198.51.100.2'],
    [2, '192.0.2.1'],
  ])('by the address as far as %s proxies are trusted', async (trustProxy, expected) => {
    await stage.start(trustProxy === undefined ? {} : { trustProxy });
    await stage.ask('/customers/c-7', {
      headers: { 'x-forwarded-for': '203.0.113.9, 192.0.2.1, 198.51.100.2' },
    });
    const direct = stage.adapter.name === 'fetch' ? undefined : '127.0.0.1';
    expect(stage.log.accesses()[0]?.actor.ip).toBe(expected ?? direct);
  });
}
