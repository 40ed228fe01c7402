import { expect, it } from 'vitest';
import { pause } from './routes.ts';
import { bytes, expectWithheld, type Stage } from './stage.ts';

const EVERY_WAY = [
  '/customers/c-7',
  '/search',
  '/stream/c-7',
  '/write/c-7',
  '/bulk/c-7',
  '/found/stream',
  '/found/write',
  '/cut/c-7',
  '/unchanged/c-7',
  '/broken/c-7',
  '/rejected',
  '/missing/c-7',
  '/inside/c-7',
  '/resolved',
];

/** What does not leave without an entry. */
export function withholding(stage: Stage): void {
  it.each(EVERY_WAY)('%s while the log is down', async (path) => {
    stage.log.fail('down');
    expectWithheld(await stage.ask(path));
    expectWithheld(await stage.ask(path, { method: 'HEAD' }));
    expect(stage.log.accesses()).toEqual([]);
  });

  it.each(EVERY_WAY)('%s while the log does not answer', async (path) => {
    stage.log.fail('slow');
    expectWithheld(await stage.ask(path));
  });

  it.each(EVERY_WAY)('%s until a slow log has it', async (path) => {
    stage.log.fail('slow');
    const seen: string[] = [];
    const got = stage.ask(path, { onBytes: (text) => seen.push(text) });
    await pause(120);
    expect(seen).toEqual([]);
    stage.log.fail(undefined);
    await got;
    expect(stage.log.accesses().length).toBeGreaterThan(0);
  });

  it('a response of which nobody said whom it shows', async () => {
    expectWithheld(await stage.ask('/unseen'), 500, 'NOTHING_SEEN');
  });

  it('what is resolved when the response is on its way', async () => {
    const got = await stage.ask('/resolved/late');
    expect(got).toMatchObject({ status: 200, broken: true });
    expect(bytes(got)).not.toContain('PERSONAL');
  });

  it('what a route shows where nobody is known to ask', async () => {
    await stage.start({ audit: false });
    for (const path of ['/customers/c-7', '/search', '/stream/c-7']) {
      expectWithheld(await stage.ask(path), 500, 'NO_CONTEXT');
    }
    expect(stage.log.accesses()).toEqual([]);
  });

  it('nothing of the next request', async () => {
    stage.log.fail('down');
    expectWithheld(await stage.ask('/stream/c-7'));
    stage.log.fail(undefined);
    expect(await stage.ask('/stream/c-8')).toMatchObject({ status: 200, broken: false });
    expect((await stage.ask('/bulk/c-9')).body.split('\n')).toHaveLength(301);
    expect(stage.log.accesses()).toHaveLength(2);
  });
}
