import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { AccessFile } from '../src/access/access-file.ts';
import { TokenCheck } from '../src/access/token-check.ts';
import { event, newLog, newToken, place, post, served } from './served.ts';

function file(dir: string): AccessFile & Disposable {
  const access = new AccessFile(dir);
  return Object.assign(access, { [Symbol.dispose]: () => access.close() });
}

test('without a good token nothing is taken, whatever else is wrong with it', async () => {
  const to = await served();
  const { id, text } = await newToken(to.log);
  for (const [token, code] of [
    [undefined, 'TOKEN_MISSING'],
    ['', 'TOKEN_MISSING'],
    ['nonsense', 'TOKEN_WRONG'],
    [`zegel_${id}_${'A'.repeat(43)}`, 'TOKEN_WRONG'],
    [text.replace(id, '0'.repeat(16)), 'TOKEN_WRONG'],
    [`${text}A`, 'TOKEN_WRONG'],
  ] as const) {
    const { status, headers, body } = await post(to, '{', { token, type: 'text/plain' });
    expect({ status, body }, token).toMatchObject({ status: 401, body: { code } });
    expect(headers.get('www-authenticate')).toMatch(/^Bearer realm="zegel"/);
  }
});

test('a revoked token is refused from the next request on', async () => {
  const to = await served();
  const { id, text: token } = await newToken(to.log);
  expect((await post(to, event(1), { token })).status).toBe(201);
  {
    using access = file(to.log);
    access.revoke(id);
  }
  expect((await post(to, event(1), { token })).body).toMatchObject({ code: 'TOKEN_WRONG' });
  expect((await post(to, event(1))).status).toBe(201);
});

test('a token without the scope is refused: 403', async () => {
  const to = await served();
  using access = file(to.log);
  const { text: token } = await access.newToken('shop', []);
  expect((await post(to, event(1), { token })).body).toMatchObject({ status: 403, code: 'SCOPE_MISSING' });
});

test('the file keeps neither token nor secret, and is for its owner alone', async () => {
  const log = await newLog();
  const { text } = await newToken(log);
  const secret = text.split('_').slice(2).join('_');
  const bytes = readFileSync(join(log, 'access.db')).toString('latin1');
  expect(bytes).not.toContain(secret);
  expect(statSync(join(log, 'access.db')).mode & 0o777).toBe(0o600);
  using access = file(log);
  const [token] = access.tokens();
  expect(Buffer.from(token?.hash ?? '')).toHaveLength(32);
  expect(JSON.stringify(token)).not.toContain(secret);
});

test('tokens are listed with their last use, to the minute', async () => {
  let now = Date.parse('2026-11-22T12:00:00.000Z');
  using access = file(place());
  const { id, text } = await access.newToken('shop.api');
  expect(access.tokens()).toMatchObject([
    { id, source: 'shop.api', scopes: ['events'], used: undefined, revoked: undefined },
  ]);
  const check = new TokenCheck(access, () => now);
  const used = (): string | undefined => access.find(id)?.used;
  await check.check(text);
  expect(used()).toBe('2026-11-22T12:00:00.000Z');
  now += 59_000;
  await check.check(text);
  expect(used()).toBe('2026-11-22T12:00:00.000Z');
  now += 1000;
  await check.check(text);
  expect(used()).toBe('2026-11-22T12:01:00.000Z');
});

test('what can not be is refused with its code', async () => {
  using access = file(place());
  await expect(access.newToken('A b')).rejects.toMatchObject({ code: 'TOKEN_SOURCE' });
  expect(() => access.revoke('nobody')).toThrow('there is no token "nobody"');
  expect(() => new AccessFile(join(place(), 'none'))).toThrow(
    expect.objectContaining({ code: 'ACCESS_UNREADABLE' }),
  );
});

test('a token checked before is checked again when what is stored changed', async () => {
  using access = file(place());
  const { text } = await access.newToken('shop');
  const check = new TokenCheck(access);
  expect(await check.check(text)).toMatchObject({ source: 'shop' });
  const other = { find: () => ({ ...access.tokens()[0], hash: new Uint8Array(32) }), use: () => undefined };
  expect(await new TokenCheck(other as unknown as AccessFile).check(text)).toBeUndefined();
});
