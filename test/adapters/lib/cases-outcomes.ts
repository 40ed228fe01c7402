import { expect, it, vi } from 'vitest';
import { bytes, type Stage } from './stage.ts';

/** How an access ended. */
export function outcomes(stage: Stage): void {
  it.each([
    ['/refused/c-7', 403, 'denied'],
    ['/missing/c-7', 404, 'error'],
    ['/broken/c-7', 500, 'error'],
  ])('%s: the entry before it, and one on how it ended', async (path, status, outcome) => {
    expect(await stage.ask(path)).toMatchObject({ status });
    const [begun, ended] = stage.log.accesses();
    expect(stage.log.accesses()).toHaveLength(2);
    expect(begun).toMatchObject({ outcome: 'begun', subjects: [{ id: 'c-7' }] });
    expect(ended).toMatchObject({ outcome, of: begun?.index });
  });

  it.each([
    ['/forbidden/c-7', 403, 'denied', 0],
    ['/rejected', 500, 'error', 2],
    ['/thrown', 500, 'error', 2],
  ])('%s: one entry', async (path, status, outcome, count) => {
    const got = await stage.ask(path);
    expect(got).toMatchObject({ status });
    expect(bytes(got)).not.toContain('PERSONAL');
    expect(stage.log.accesses()).toHaveLength(1);
    expect(stage.log.accesses()[0]).toMatchObject({ outcome });
    expect(stage.log.accesses()[0]?.subjects).toHaveLength(count);
  });

  it('a stream that fails before its first chunk: one entry', async () => {
    const got = await stage.ask('/failed');
    expect(bytes(got)).not.toContain('PERSONAL');
    await vi.waitFor(() => expect(stage.log.accesses()).toHaveLength(1), { timeout: 5_000 });
    expect(stage.log.accesses()).toMatchObject([
      { outcome: 'error', subjects: [{ id: 'c-1' }, { id: 'c-2' }] },
    ]);
  });

  it('a stream that breaks off was sealed before', async () => {
    const got = await stage.ask('/cut/c-7');
    expect(got.broken).toBe(true);
    expect(stage.log.accesses()).toMatchObject([{ outcome: 'begun', subjects: [{ id: 'c-7' }] }]);
  });
}
