import { expect, test } from 'vitest';
import { AccessFile } from '@zegel/viewer';
import { errorCode, matching, newLog, objects, zegel } from './zegel.ts';

const user = (log: string, ...argv: readonly string[]): ReturnType<typeof zegel> =>
  zegel(['user', ...argv, '--log', log]);

test('add shows a login token once; list tells what became of it', async () => {
  const log = await newLog();
  const made = await user(log, 'add', 'anna', '--role', 'privacy,auditor');
  expect(made.status).toBe(0);
  expect(made.out).toMatch(/^login_[0-9a-f]{16}_[A-Za-z0-9_-]{43}\n$/);
  expect(made.err).toContain('not shown again');
  const json = await user(log, 'add', 'bob', '--role', 'admin', '--days', '1', '--json');
  const expires = matching(/^\d{4}-\d\d-\d\dT/);
  expect(objects(json.out)).toEqual([{ name: 'bob', roles: ['admin'], token: matching(/^login_/), expires }]);
  expect((await user(log, 'list')).out.split('\n')).toEqual([
    matching(
      /^anna {2}auditor,privacy {2}token until \S+ {2}used never {2}second factor required, not set up$/,
    ),
    matching(/^bob {2}admin {2}token until /),
    '',
  ]);
  expect(objects((await user(log, 'list', '--json')).out)).toEqual([
    {
      name: 'anna',
      roles: ['auditor', 'privacy'],
      created: expires,
      login: 'good',
      expires,
      used: null,
      secondFactor: 'required',
      lockedFor: 0,
    },
    expect.objectContaining({ name: 'bob', login: 'good' }),
  ]);
});

test('roles, revoke, token and totp change a user, and say nothing but what was asked', async () => {
  const log = await newLog();
  await user(log, 'add', 'anna', '--role', 'auditor');
  const listed = async (): Promise<unknown> => objects((await user(log, 'list', '--json')).out)[0];
  expect(await user(log, 'roles', 'anna', 'security,admin')).toEqual({ status: 0, out: '', err: '' });
  expect(await user(log, 'revoke', 'anna')).toEqual({ status: 0, out: '', err: '' });
  expect(await listed()).toMatchObject({ roles: ['security', 'admin'], login: 'revoked' });
  expect((await user(log, 'token', 'anna', '--days', '2')).out).toMatch(/^login_/);
  expect(await listed()).toMatchObject({ login: 'good' });
  const told = await user(log, 'totp', 'anna', '--second-factor', 'optional', '--reset', '--json');
  expect(objects(told.out)).toMatchObject([{ name: 'anna', secondFactor: 'optional' }]);
  expect((await user(log, 'totp', 'anna')).out).toContain('second factor optional, not set up\n');
});

test('a new token opens a door that failures have closed', async () => {
  const log = await newLog();
  await user(log, 'add', 'anna', '--role', 'auditor');
  const access = new AccessFile(log);
  for (let i = 0; i < 5; i++) access.attempts.begin({ name: 'anna', address: 'a' }, Date.now());
  access.close();
  expect((await user(log, 'list')).out).toMatch(/ {2}locked out for (?:60|5\d) s\n$/);
  await user(log, 'token', 'anna');
  expect((await user(log, 'list')).out).not.toContain('locked');
});

test.each([
  [['add', 'Anna B', '--role', 'auditor'], 'USER_NAME'],
  [['add', 'anna', '--role', 'root'], 'USER_ROLES'],
  [['add', 'known', '--role', 'auditor'], 'USER_EXISTS'],
  [['roles', 'known', 'nothing'], 'USER_ROLES'],
  [['roles', 'anna', 'auditor'], 'USER_UNKNOWN'],
  [['token', 'anna'], 'USER_UNKNOWN'],
  [['token', 'known', '--days', '0'], 'USAGE'],
  [['revoke', 'anna'], 'USER_UNKNOWN'],
  [['totp', 'anna', '--reset'], 'USER_UNKNOWN'],
  [['totp', 'known', '--second-factor', 'never'], 'USAGE'],
])('%j is refused: %s', async (argv, code) => {
  const log = await newLog();
  await user(log, 'add', 'known', '--role', 'auditor');
  const { status, out, err } = await user(log, ...argv);
  expect([status, out, errorCode(err)]).toEqual([2, '', code]);
});
