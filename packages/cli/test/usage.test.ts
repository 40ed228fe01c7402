import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../src/commands/all.ts';
import { errorCode, event, file, folder, newLog, objects, zegel, matching } from './zegel.ts';

const registerFile = fileURLToPath(new URL('../../../examples/voorbeeld/register.json', import.meta.url));

describe('help', () => {
  test('lists the commands', async () => {
    const { status, out } = await zegel(['--help']);
    expect(status).toBe(0);
    await expect(out).toMatchFileSnapshot('help/zegel.txt');
    expect(await zegel(['help'])).toMatchObject({ status: 0, out });
  });

  test.each(COMMANDS.map(({ name }) => name))('of %s, with an example', async (name) => {
    const { status, out, err } = await zegel([name, '--help']);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toMatch(/\nExamples?:\n {2}zegel /);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130);
    await expect(out).toMatchFileSnapshot(`help/${name}.txt`);
    expect(await zegel(['help', name])).toMatchObject({ status: 0, out });
  });

  test('of the version', async () => {
    expect((await zegel(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

test.each([
  [[]],
  [['nonsense']],
  [['help', 'nonsense']],
  [['search', '--nonsense']],
  [['search', '--limit']],
  [['checkpoint', 'extra', '--log', 'x']],
  [['search']],
  [['append', '--log', '']],
  [['show', '--log', 'x']],
  [['show', '--log', 'x', '1', '2']],
  [['show', '--log', 'x', '1', '--raw', '--json']],
  [['prove', '--log', 'x', '1']],
  [['export', '--log', 'x', '-o', '-', '--format', 'pdf']],
  [['export', '--log', 'x', '--format', 'csv']],
  [['init', '--log', 'x']],
  [['init', '--log', 'x', '--origin', 'a b']],
  [['register', 'types']],
  [['register', 'nonsense', 'x']],
  [['verify-proof', 'x', '--vkey', 'y']],
  [['serve', '--log', 'x', '--port', '65536']],
  [['serve', '--log', 'x', '--tls-cert', 'c.pem']],
  [['token']],
  [['token', 'nonsense']],
  [['token', 'new', '--log', 'x']],
  [['token', 'new', '--log', 'x', '--source', 's', '--scope', 'all']],
  [['token', 'revoke', '--log', 'x']],
  [['token', 'list', 'more', '--log', 'x']],
  [['user']],
  [['user', 'constructor', 'anna', '--log', 'x']],
  [['user', 'add', '--role', 'auditor', '--log', 'x']],
  [['user', 'add', 'anna', '--log', 'x']],
  [['user', 'roles', 'anna', '--log', 'x']],
  [['user', 'list', 'more', '--log', 'x']],
  [['user', 'revoke', 'anna', 'bob', '--log', 'x']],
])('usage: %j', async (argv) => {
  const { status, out, err } = await zegel(argv);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(errorCode(err), err).toBe('USAGE');
});

test('init tells what to keep, and never touches an existing log', async () => {
  const log = join(folder(), 'audit');
  const argv = ['init', '--log', log, '--origin', 'cli.example/audit', '--register', registerFile];
  const { status, out } = await zegel([...argv, '--json']);
  expect(status).toBe(0);
  expect(objects(out)).toEqual([
    {
      log,
      origin: 'cli.example/audit',
      vkey: matching(/^cli\.example\/audit\+/),
      keys: join(log, 'keys'),
    },
  ]);
  const before = readFileSync(join(log, 'log.db'));
  const again = await zegel(argv);
  expect({ status: again.status, code: errorCode(again.err) }).toEqual({ status: 2, code: 'LOG_EXISTS' });
  expect(readFileSync(join(log, 'log.db')).equals(before)).toBe(true);
  const words = await zegel(['init', '--log', join(folder(), 'b'), '--origin', 'b.example']);
  expect(words.out).toContain('Keep elsewhere');
});

test('init with a register that is none makes no log', async () => {
  const log = join(folder(), 'audit');
  const argv = ['init', '--log', log, '--origin', 'x.example', '--register'];
  expect(errorCode((await zegel([...argv, file('r.json', '{"a":1}')])).err)).toBe('REGISTER_INVALID');
  expect(errorCode((await zegel([...argv, file('r.json', '{"a":')])).err)).toBe('FILE_UNREADABLE');
  expect(errorCode((await zegel([...argv, join(folder(), 'none')])).err)).toBe('FILE_MISSING');
  expect(existsSync(log)).toBe(false);
});

test('log and keys are named by the environment too', async () => {
  const ZEGEL_LOG = join(folder(), 'audit');
  const ZEGEL_KEYS = join(folder(), 'keys');
  const env = { ZEGEL_LOG, ZEGEL_KEYS };
  expect(objects((await zegel(['init', '--origin', 'x.example', '--json'], { env })).out)).toMatchObject([
    { log: ZEGEL_LOG, keys: ZEGEL_KEYS },
  ]);
  expect(existsSync(join(ZEGEL_LOG, 'keys'))).toBe(false);
  expect(await zegel(['append'], { env, stdin: JSON.stringify(event()) })).toMatchObject({
    status: 0,
    err: '',
  });
  expect(await zegel(['search', 'action:read'], { env })).toMatchObject({ status: 0, err: '' });
  expect(errorCode((await zegel(['append', '--keys', folder()], { env })).err)).toBe('KEY_MISSING');
});

test('register types writes TypeScript', async () => {
  const { status, out } = await zegel(['register', 'types', registerFile]);
  expect(status).toBe(0);
  expect(out).toContain("export type Activity = '");
});

test('a consultation is recorded under a register of its own persons too', async () => {
  const log = await newLog(registerFile);
  const { status, err } = await zegel(['search', '--log', log]);
  expect({ status, err }).toEqual({ status: 0, err: '' });
});

test('progress goes to the terminal and is taken away again', async () => {
  const log = await newLog();
  const { err } = await zegel(['append', '--log', log], { stdin: JSON.stringify(event()), progress: true });
  expect(err).toBe('\rappended 1, refused 0\u001b[K\r\u001b[K');
});
