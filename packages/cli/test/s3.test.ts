import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { errorCode, event, folder, logWith, matching, ndjson, objects, sizeOf, zegel } from './zegel.ts';

const ENDPOINT = process.env['ZEGEL_TEST_S3'];
const NEEDS_S3 = '(needs an S3 server named by ZEGEL_TEST_S3)';
const BUCKET = `zegel-cli-${randomBytes(6).toString('hex')}`;

/** A place for a log in the buckets that all of these tests share. */
function place(): string {
  return `s3://${BUCKET}/${randomBytes(4).toString('hex')}?endpoint=${ENDPOINT}&lock=governance&lock-days=1`;
}

beforeEach(() => {
  const home = folder();
  vi.stubEnv('XDG_DATA_HOME', join(home, 'data'));
  vi.stubEnv('XDG_CONFIG_HOME', join(home, 'config'));
  return () => vi.unstubAllEnvs();
});

async function init(log: string): ReturnType<typeof zegel> {
  return zegel(['init', '--log', log, '--origin', 'cli.example/audit', '--create-bucket', '--json']);
}

const events = Array.from({ length: 20 }, (_, n) => event({ id: `e-${n}` }));

describe('logs in folders', () => {
  test.each(['publish', 'lock'])('%s is for buckets', async (name) => {
    const more = name === 'lock' ? ['hold', '--from', '0', '--to', '1'] : [];
    const { status, err } = await zegel([name, '--log', './audit', ...more]);
    expect([status, errorCode(err)]).toEqual([2, 'USAGE']);
  });

  test('init makes no bucket for one', async () => {
    const { status, err } = await init(join(folder(), 'audit'));
    expect([status, errorCode(err)]).toEqual([2, 'USAGE']);
  });

  test('are copied, and the report says so', async () => {
    const from = await logWith(...events);
    const to = join(folder(), 'copy');
    const { status, out } = await zegel(['copy', '--from', from, '--to', to]);
    expect(status).toBe(0);
    expect(out).toContain('cli.example/audit: 22 entries, root ');
    expect(await sizeOf(to)).toBe(22);
    const { err } = await zegel(['copy', '--from', from]);
    expect(errorCode(err)).toBe('USAGE');
  });
});

describe.skipIf(ENDPOINT === undefined)(`logs in buckets ${NEEDS_S3}`, () => {
  test('init makes the buckets, says what it found, and never touches a log', async () => {
    const log = place();
    const first = await init(log);
    expect([first.err, first.status]).toEqual(['', 0]);
    const [report] = objects(first.out);
    expect(report).toMatchObject({
      log,
      origin: 'cli.example/audit',
      notes: [matching(/^Creates (were|are not) atomic/)],
    });
    const again = await init(log);
    expect([again.status, errorCode(again.err)]).toEqual([2, 'LOG_EXISTS']);
    expect(again.err).toContain(`${log} holds a log`);
  });

  test('init refuses buckets that do not keep what they hold, and says what is missing', async () => {
    await init(place());
    // The bucket of the vault has neither versions nor locks.
    const log = place()
      .replace(`s3://${BUCKET}/`, `s3://${BUCKET}-vault/`)
      .replace('&lock', `&vault=${BUCKET}&lock`);
    const { status, err } = await zegel(['init', '--log', log, '--origin', 'cli.example/audit']);
    expect([status, errorCode(err)]).toEqual([2, 'STORE_UNSAFE']);
    expect(err).toMatch(/version/i);
    expect(err).toMatch(/Object Lock/);
  });

  test('a log moves there and back, with its persons', { timeout: 120_000 }, async () => {
    await init(place());
    const from = await logWith(...events);
    const [there, back] = [place(), join(folder(), 'back')];
    for (const [one, other] of [[from, there] as const, [there, back] as const]) {
      const { status, out, err } = await zegel(['copy', '--from', one, '--to', other, '--json']);
      expect([err, status]).toEqual(['', 0]);
      expect(objects(out)[0]).toMatchObject({ size: 22, copied: 22, handles: 2, keysCopied: true });
    }
    for (const log of [there, back]) {
      expect((await zegel(['checkpoint', '--log', log])).out).toBe(
        (await zegel(['checkpoint', '--log', from])).out,
      );
      const verified = await zegel(['verify', '--log', log, '--vault', '--json']);
      expect(objects(verified.out)[0]).toMatchObject({ ok: true, size: 22, failures: [], warnings: [] });
    }
    const appended = await zegel(['append', '--log', there], {
      stdin: ndjson(event({ id: 'e-3' }), event()),
    });
    expect(objects(appended.out).map(({ index }) => index)).toEqual([5, 22]);
    const shown = await zegel([
      'search',
      '--log',
      there,
      'subject:customer:c-1001',
      '--limit',
      '50',
      '--json',
    ]);
    expect(objects(shown.out)).toHaveLength(21);
  });

  test('publish puts tiles and checkpoint; a hold is set and lifted', { timeout: 60_000 }, async () => {
    const log = place();
    await init(log);
    await zegel(['append', '--log', log], { stdin: ndjson(...events) });
    const first = await zegel(['publish', '--log', log, '--bundles', '--json']);
    expect(objects(first.out)[0]).toMatchObject({
      size: 22,
      before: 0,
      tiles: 1,
      bundles: 1,
      advanced: true,
    });
    const again = await zegel(['publish', '--log', log]);
    expect(again.out).toContain('22 entries are public');
    const to = log.replace('?', '-public?');
    const apart = await zegel(['publish', '--log', log, '--to', to, '--json']);
    expect(objects(apart.out)[0]).toMatchObject({ size: 22, before: 0, tiles: 1, advanced: true });
    const both = await zegel(['publish', '--log', log, '--to', to, '--bundles']);
    expect(errorCode(both.err)).toBe('PUBLIC_PLACE');
    const nowhere = await zegel(['publish', '--log', log, '--to', './here']);
    expect(errorCode(nowhere.err)).toBe('STORE_NOT_FOUND');
    for (const act of ['hold', 'release']) {
      const { out, err } = await zegel(['lock', act, '--log', log, '--from', '3', '--to', '4', '--json']);
      expect(err).toBe('');
      expect(objects(out)[0]).toMatchObject({ held: act === 'hold', segments: 1 });
    }
    const none = await zegel(['lock', 'hold', '--log', place(), '--from', '3', '--to', '4']);
    expect(errorCode(none.err)).toBe('STORE_NOT_FOUND');
  });
});
