import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorCode, event, file, folder, logWith, matching, ndjson, objects, zegel } from './zegel.ts';

test('a good log, with and without something to compare with', async () => {
  const log = await logWith(event(), event());
  const alone = await zegel(['verify', '--log', log]);
  expect(alone).toMatchObject({ status: 0, err: '' });
  expect(alone.out).toMatch(/^OK: 4 of 4 entries checked, root /);
  expect(alone.out).toContain('SELF-ASSERTED');
  const checkpoint = file('held', (await zegel(['checkpoint', '--log', log])).out);
  const vkey = (await zegel(['vkey', '--log', log])).out.trim();
  const compared = await zegel(['verify', '--log', log, '--checkpoint', checkpoint, '--vkey', vkey]);
  expect(compared.status).toBe(0);
  expect(compared.out).not.toContain('SELF-ASSERTED');
  const [report] = objects((await zegel(['verify', '--log', log, '--json'])).out);
  expect(Object.keys(report ?? {}).slice(0, 8)).toEqual([
    'ok',
    'size',
    'root',
    'checked',
    'failures',
    'pruned',
    'witnessed',
    'against',
  ]);
  expect(report).toMatchObject({ ok: true, size: 4, checked: 4, failures: [], pruned: 0, against: [] });
});

test('a log put back to an earlier state is truncated, by checkpoint or by state', async () => {
  const log = await logWith(event());
  const earlier = join(folder(), 'earlier');
  cpSync(log, earlier, { recursive: true });
  const state = join(folder(), 'state');
  await zegel(['append', '--log', log], { stdin: ndjson(event(), event()) });
  expect((await zegel(['verify', '--log', log, '--state', state])).status).toBe(0);
  expect(existsSync(state)).toBe(true);
  const held = file('held', (await zegel(['checkpoint', '--log', log])).out);
  for (const options of [
    ['--state', state],
    ['--checkpoint', held],
  ]) {
    const { status, out } = await zegel(['verify', '--log', earlier, ...options, '--json']);
    expect(status).toBe(1);
    expect(objects(out)[0]).toMatchObject({ ok: false, failures: [{ code: 'truncated' }] });
  }
  const words = await zegel(['verify', '--log', earlier, '--checkpoint', held]);
  expect(words.out).toMatch(/^NOT OK: .*\nfailure truncated/);
});

test('only what is new is checked with --incremental', async () => {
  const log = await logWith(event());
  const state = join(folder(), 'state');
  await zegel(['verify', '--log', log, '--state', state]);
  await zegel(['append', '--log', log], { stdin: ndjson(event(), event()) });
  const { status, out } = await zegel(['verify', '--log', log, '--state', state, '--incremental', '--json']);
  expect(status).toBe(0);
  expect(objects(out)[0]).toMatchObject({ ok: true, size: 5, checked: 2 });
  expect(errorCode((await zegel(['verify', '--log', log, '--incremental'])).err)).toBe('USAGE');
});

test('vault and index are checked where asked', async () => {
  const log = await logWith(event(), event({ reason: 'why' }));
  await zegel(['search', '--log', log]);
  const { status, out } = await zegel(['verify', '--log', log, '--vault', '--index', '--json']);
  expect(objects(out)[0]).toMatchObject({ ok: true, failures: [] });
  expect(status).toBe(0);
  const index = join(log, 'index.db');
  writeFileSync(index, readFileSync(index).subarray(0, 4096));
  const damaged = await zegel(['verify', '--log', log, '--index', '--json']);
  expect(damaged.status).toBe(1);
  expect(objects(damaged.out)[0]).toMatchObject({ ok: false, failures: [{ code: 'index-differs' }] });
  const missing = await zegel(['verify', '--log', await logWith(), '--index']);
  expect(missing.status).toBe(2);
  expect(errorCode(missing.err)).toBe('INDEX_MISSING');
});

test('a vault that is damaged is a finding, whether or not it can be opened', async () => {
  const log = await logWith(event(), event({ subjects: [{ type: 'customer', id: 'c-1002' }] }));
  await zegel(['search', '--log', log]);
  const vault = join(log, 'vault.db');
  const whole = readFileSync(vault);
  const damaged = [
    Buffer.alloc(0),
    Buffer.alloc(whole.length),
    Buffer.from('a letter'),
    ...[0, 1, 2, 3, 4, 5, 6].map((page) => Buffer.from(whole).fill(0, page * 4096, page * 4096 + 4096)),
    whole.subarray(0, whole.length - 4096),
  ];
  for (const bytes of damaged) {
    writeFileSync(vault, bytes);
    for (const more of [[], ['--index']]) {
      const { status, out, err } = await zegel(['verify', '--log', log, '--vault', '--json', ...more]);
      expect({ status, err }).toEqual({ status: 1, err: '' });
      const [report] = objects(out) as readonly {
        size: number;
        failures: { code: string; message: string }[];
      }[];
      expect(report?.size).toBeGreaterThan(3);
      expect(report?.failures).toContainEqual({ code: 'store-damaged', message: matching(/^vault\.db: /) });
    }
  }
});

test('a vault that is not there, and a key of another', async () => {
  const log = await logWith(event());
  const verify = ['verify', '--log', log, '--vault'];
  const other = await zegel([...verify, '--keys', join(await logWith(), 'keys')]);
  expect({ status: other.status, code: errorCode(other.err) }).toEqual({ status: 2, code: 'KEY_MISMATCH' });
  rmSync(join(log, 'vault.db'));
  const missing = await zegel(verify);
  expect({ status: missing.status, code: errorCode(missing.err) }).toEqual({
    status: 2,
    code: 'VAULT_MISSING',
  });
});

test('a checkpoint that is none, a key that is none, a file that is not there', async () => {
  const log = await logWith();
  expect((await zegel(['verify', '--log', log, '--checkpoint', file('held', 'nonsense')])).status).toBe(2);
  expect(errorCode((await zegel(['verify', '--log', log, '--vkey', 'nonsense'])).err)).toBe('USAGE');
  expect(errorCode((await zegel(['verify', '--log', log, '--checkpoint', join(folder(), 'none')])).err)).toBe(
    'FILE_MISSING',
  );
});

test('a store that is damaged as a file is an integrity failure in one line', async () => {
  const log = await logWith(event());
  writeFileSync(
    join(log, 'log.db'),
    'not a database at all, but long enough to be looked at by SQLite'.repeat(100),
  );
  for (const argv of [['search'], ['checkpoint'], ['append']]) {
    const { status, err } = await zegel([...argv, '--log', log]);
    expect({ argv, status }).toEqual({ argv, status: 1 });
    expect(errorCode(err), argv.join()).toBe('STORE_CORRUPT');
  }
  const { status, out } = await zegel(['verify', '--log', log, '--json']);
  expect(status).toBe(1);
  expect(objects(out)[0]).toMatchObject({ ok: false, failures: expect.arrayContaining([]) as unknown });
  expect(objects(out)[0]?.['failures']).not.toEqual([]);
});
