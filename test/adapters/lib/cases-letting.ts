import { expect, it, vi } from 'vitest';
import type { Stage } from './stage.ts';

/** What needs no entry to leave. */
export function letting(stage: Stage): void {
  it('what touches no personal data', async () => {
    stage.log.fail('down');
    expect(await stage.ask('/health')).toMatchObject({ status: 200, body: '{"ok":true}' });
    expect(stage.log.accesses()).toEqual([]);
  });

  const planned = async (): Promise<void> => {
    for (const path of ['/planning/c-7', '/planning', '/planning/c-8']) {
      expect(await stage.ask(path)).toMatchObject({ status: 200, broken: false });
    }
  };

  it('an available activity while the log does not answer', async () => {
    stage.log.fail('slow');
    await planned();
    expect(stage.problems).toMatchObject([{ kind: 'gap' }, { kind: 'gap' }, { kind: 'gap' }]);
  });

  it('an available activity while the log is down, and counts it', async () => {
    const { capture } = await stage.start();
    stage.log.fail('down');
    await planned();
    stage.log.fail(undefined);
    await vi.waitFor(async () => {
      await capture.gaps();
      expect(stage.log.gaps().reduce((sum, { count }) => sum + count, 0)).toBe(3);
    });
    expect(stage.log.gaps()[0]).toMatchObject({ activity: 'planning', service: 'shop' });
  });

  it('an available activity where nobody is known to ask, and says so', async () => {
    await stage.start({ audit: false });
    expect(await stage.ask('/planning')).toMatchObject({ status: 200 });
    expect(stage.log.accesses()).toMatchObject([
      { actor: { kind: 'anonymous' }, subjects: [{ id: 'c-1' }, { id: 'c-2' }] },
    ]);
    expect(stage.problems).toMatchObject([{ activity: 'planning' }]);
  });
}
