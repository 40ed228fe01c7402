import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openEnvelopes } from '@zegel/log';
import { openAccessDb } from '../src/access/access-db.ts';
import { AccessFile } from '../src/access/access-file.ts';
import { Attempts } from '../src/access/attempts.ts';
import { LogIns, type Next } from '../src/access/log-ins.ts';
import { SecondFactors } from '../src/access/second-factors.ts';
import { oneTimeCode, totpStep } from '../src/access/totp.ts';
import { newLog, place } from './served.ts';

const DAY = 86_400_000;
const ADDRESS = '192.0.2.7';

interface Hall {
  readonly dir: string;
  readonly access: AccessFile;
  readonly clock: { now: number };
  readonly logIns: LogIns;
  /** For how long attempts were held up, in ms. */
  readonly paused: readonly number[];
  readonly enter: (name: string, token: string, address?: string) => Promise<Next>;
}

/** Everything that decides over log-ins, beside a real log. */
async function hall(
  options: {
    readonly dev?: boolean;
    readonly requireSecondFactor?: boolean;
    readonly mostWaiting?: number;
    readonly dir?: string;
  } = {},
): Promise<Hall> {
  const dir = options.dir ?? (await newLog());
  const clock = { now: Date.now() };
  const access = new AccessFile(dir);
  onTestFinished(() => access.close());
  const { users, attempts } = access;
  const factors = new SecondFactors(users, openEnvelopes(dir));
  const { dev = false, requireSecondFactor = false } = options;
  const paused: number[] = [];
  const logIns = new LogIns({
    ...{ users, attempts, factors, dev, requireSecondFactor, now: () => clock.now },
    ...(options.mostWaiting !== undefined && { mostWaiting: options.mostWaiting }),
    pause: async (ms) => paused.push(ms),
  });
  const enter = (name: string, token: string, address = ADDRESS): Promise<Next> =>
    logIns.withToken({ name, address }, token);
  return { dir, access, clock, logIns, enter, paused };
}

const codeAt = (secret: Uint8Array, now: number): string => oneTimeCode(secret, totpStep(now));

/** Goes through both steps of a first log-in. */
async function setUp({ logIns, clock, enter }: Hall, token: string): Promise<Uint8Array> {
  const next = await enter('anna', token);
  if (next.kind !== 'set-up') throw new Error(next.kind);
  const trier = { name: 'anna', address: ADDRESS };
  const done = logIns.withSetUp(trier, next.user.epoch, next.secret, codeAt(next.secret, clock.now));
  expect(done.kind).toBe('in');
  return next.secret;
}

test('a user has a name, roles in the order of the table, and a token that is nowhere in clear', async () => {
  const { dir, access } = await hall();
  const { text } = await access.users.add('anna', ['privacy', 'auditor', 'privacy']);
  expect(access.users.find('anna')).toMatchObject({ roles: ['auditor', 'privacy'], exempt: false });
  expect(text).toMatch(/^login_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/);
  const secret = text.slice(-43);
  for (const file of ['access.db', 'access.db-wal'])
    expect(readFileSync(join(dir, file)).toString('latin1')).not.toContain(secret);
});

test('what can not be a user is refused with its code', async () => {
  const { access } = await hall();
  const { users } = access;
  await users.add('anna', ['auditor']);
  await expect(users.add('anna', ['admin'])).rejects.toMatchObject({ code: 'USER_EXISTS' });
  await expect(users.add('Anna B', ['admin'])).rejects.toMatchObject({ code: 'USER_NAME' });
  await expect(users.add('bob', [])).rejects.toMatchObject({ code: 'USER_ROLES' });
  await expect(users.add('bob', ['root'])).rejects.toMatchObject({ code: 'USER_ROLES' });
  await expect(users.add('bob', ['admin'], { days: 367 })).rejects.toMatchObject({ code: 'LOGIN_DAYS' });
  expect(users.find('bob')).toBeUndefined();
  await expect(users.newLogin('bob')).rejects.toMatchObject({ code: 'USER_UNKNOWN' });
  for (const act of [
    () => users.revoke('bob'),
    () => users.setRoles('bob', ['admin']),
    () => users.setExempt('bob', true),
    () => users.resetFactor('bob'),
  ])
    expect(act).toThrow(expect.objectContaining({ code: 'USER_UNKNOWN' }));
});

test('token, then a second factor that is set up the first time and asked for ever after', async () => {
  const here = await hall();
  const { access, clock, logIns, enter } = here;
  const { text } = await access.users.add('anna', ['auditor']);
  const secret = await setUp(here, text);
  clock.now += 60_000;
  const next = await enter('anna', ` ${text}\n`);
  expect(next.kind).toBe('code');
  const trier = { name: 'anna', address: ADDRESS };
  expect(logIns.withCode(trier, 1, '000000').kind).toBe('refused');
  expect(logIns.withCode(trier, 1, codeAt(secret, clock.now)).kind).toBe('in');
  expect(readFileSync(join(here.dir, 'access.db-wal')).includes(Buffer.from(secret))).toBe(false);
});

test('a code is good once, and so is none before it', async () => {
  const here = await hall();
  const { text } = await here.access.users.add('anna', ['auditor']);
  const { clock, logIns } = here;
  const secret = await setUp(here, text);
  const trier = { name: 'anna', address: ADDRESS };
  const kinds = [0, 30_000, 30_000, 0, -30_000].map(
    (off) => logIns.withCode(trier, 1, codeAt(secret, clock.now + off)).kind,
  );
  expect(kinds).toEqual(['refused', 'in', 'refused', 'refused', 'refused']);
});

test("nobody's second factor can be put in the place of another's", async () => {
  const here = await hall();
  const { access, clock, logIns } = here;
  const { text } = await access.users.add('anna', ['auditor']);
  const secret = await setUp(here, text);
  await access.users.add('bob', ['admin']);
  const bob = access.users.get('bob');
  access.users.setFactor(bob, access.users.get('anna').factor ?? new Uint8Array(), 0);
  clock.now += 60_000;
  const trier = { name: 'bob', address: ADDRESS };
  expect(logIns.withCode(trier, bob.epoch, codeAt(secret, clock.now)).kind).toBe('refused');
});

test.each(['revoke', 'newLogin', 'resetFactor'] as const)('%s ends what stood halfway', async (act) => {
  const here = await hall();
  const { access, clock, logIns } = here;
  const { text } = await access.users.add('anna', ['auditor']);
  const secret = await setUp(here, text);
  clock.now += 60_000;
  await access.users[act]('anna');
  const trier = { name: 'anna', address: ADDRESS };
  expect(logIns.withCode(trier, 1, codeAt(secret, clock.now)).kind).toBe('refused');
  expect(logIns.withSetUp(trier, 1, secret, codeAt(secret, clock.now)).kind).toBe('refused');
});

test('who is exempt, and everybody under dev, needs a token only', async () => {
  const { access, enter, dir } = await hall();
  const { text } = await access.users.add('anna', ['auditor'], { exempt: true });
  expect((await enter('anna', text)).kind).toBe('in');
  access.users.setExempt('anna', false);
  expect((await enter('anna', text)).kind).toBe('set-up');
  access.users.setExempt('anna', true);
  const strict = await hall({ requireSecondFactor: true, dir });
  expect((await strict.enter('anna', text)).kind, 'where nobody is').toBe('set-up');
  const dev = await hall({ dev: true, dir });
  expect((await dev.enter('anna', text)).kind).toBe('in');
});

test('wrong, foreign, expired, revoked and replaced tokens, and unknown names, get one answer', async () => {
  const { access, clock, enter } = await hall();
  const { users } = access;
  const { text } = await users.add('anna', ['auditor'], { days: 1 });
  const { text: other } = await users.add('bob', ['admin'], { exempt: true });
  for (const [name, token, known] of [
    ['anna', other, 'anna'],
    ['bob', text, 'bob'],
    ['nobody', text, undefined],
    ['anna', '', 'anna'],
    ['anna', `${text.slice(0, -1)}${text.endsWith('A') ? 'E' : 'A'}`, 'anna'],
    ['Anna', text, undefined],
  ] as const)
    expect(await enter(name, token, name), `${name} ${token}`).toEqual({
      kind: 'refused',
      known,
      closed: false,
    });
  clock.now += DAY + 5000;
  expect(await enter('anna', text)).toMatchObject({ kind: 'refused' });
  clock.now -= DAY + 5000;
  const { text: newer } = await users.newLogin('anna');
  expect((await enter('anna', text, 'a')).kind).toBe('refused');
  expect((await enter('anna', newer, 'b')).kind).toBe('set-up');
  users.revoke('anna');
  expect((await enter('anna', newer, 'c')).kind).toBe('refused');
});

test.each(['anna', 'nobody'])(
  'the fifth failure of %s at an address closes the door there, for longer each time, over a restart',
  async (name) => {
    const first = await hall();
    await first.access.users.add('anna', ['auditor']);
    const kinds: unknown[] = [];
    for (let i = 0; i < 6; i++) kinds.push(await first.enter(name, 'wrong'));
    const known = name === 'anna' ? name : undefined;
    expect(kinds).toEqual([
      ...Array.from({ length: 4 }, () => ({ kind: 'refused', known, closed: false })),
      { kind: 'refused', known, closed: true },
      { kind: 'wait', ms: 60_000 },
    ]);
    const second = await hall({ dir: first.dir });
    second.clock.now = first.clock.now;
    expect(await second.enter(name, 'wrong')).toEqual({ kind: 'wait', ms: 60_000 });
    second.clock.now += 60_000;
    expect(await second.enter(name, 'wrong')).toMatchObject({ kind: 'refused', closed: true });
    expect(await second.enter(name, 'wrong')).toEqual({ kind: 'wait', ms: 120_000 });
    second.clock.now += DAY + 120_001;
    expect(await second.enter(name, 'wrong')).toMatchObject({ kind: 'refused', closed: false });
  },
);

test('whoever fails on purpose shuts nobody out who comes from elsewhere', async () => {
  const { access, clock, enter } = await hall();
  const { text } = await access.users.add('anna', ['auditor']);
  for (let hour = 0; hour < 3; hour++, clock.now += 3_600_000)
    for (let i = 0; i < 10; i++) access.attempts.begin({ name: 'anna', address: ADDRESS }, clock.now);
  for (let i = 0; i < 5; i++) access.attempts.begin({ name: 'anna', address: ADDRESS }, clock.now);
  expect(await enter('anna', text)).toMatchObject({ kind: 'wait' });
  expect((await enter('anna', text, '198.51.100.1')).kind).toBe('set-up');
  expect(access.attempts.lockedFor('anna', clock.now)).toBeGreaterThan(0);
  access.attempts.forgive('anna');
  expect((await enter('anna', text)).kind).toBe('set-up');
});

test('one address at its worst holds somebody elsewhere up, for seconds', () => {
  const { attempts, now } = worn();
  for (let i = 0; i < 9; i++) attempts.begin({ name: 'anna', address: 'attacker' }, now);
  const begun = attempts.begin({ name: 'anna', address: 'elsewhere' }, now);
  expect(begun).toMatchObject({ wait: 0, delay: 15_000 });
  expect(attempts.lockedFor('anna', now), 'to be held up is not to be locked out').toBe(60_000);
  expect(attempts.begin({ name: 'bob', address: 'elsewhere' }, now)).toMatchObject({ wait: 0, delay: 0 });
});

test('from however many addresses, a name has no more than 28,800 guesses a day at its token', () => {
  const { attempts, now } = worn();
  let looked = 0;
  // 1000 addresses every 30 s: as much as anybody lets through, and more.
  for (let at = 0, n = 0; at < 3_600_000; at += 30_000)
    for (let i = 0; i < 20; i++) {
      const begun = attempts.begin({ name: 'anna', address: `a${n++ % 1000}` }, now + at);
      expect(begun.delay).toBeLessThanOrEqual(30_000);
      if (begun.wait === 0) looked++;
    }
  expect(looked).toBeGreaterThan(1000);
  expect(looked).toBeLessThanOrEqual(28_800 / 24 + 11);
});

/** Attempts at `anna` after so many failures from all over that each has to wait for the one before. */
function worn(): { attempts: Attempts; now: number } {
  const db = openAccessDb(place());
  onTestFinished(() => void db.close());
  const attempts = new Attempts(db);
  const now = 1_800_000_000_000;
  for (let i = 0; i < 20; i++) attempts.begin({ name: 'anna', address: `far-${i}` }, now - 60_000);
  return { attempts, now };
}

test('an attempt that has to wait is held up, then looked at; what failed for being held is no failure', async () => {
  const { access, clock, enter, paused } = await hall();
  const { text } = await access.users.add('anna', ['auditor'], { exempt: true });
  for (let i = 0; i < 21; i++) access.attempts.begin({ name: 'anna', address: `far-${i}` }, clock.now);
  expect((await enter('anna', text)).kind).toBe('in');
  expect((await enter('anna', 'wrong')).kind).toBe('refused');
  expect(paused).toEqual([3000, 6000]);
});

test('many names tried from one address close it for everybody there, and for nobody elsewhere', async () => {
  const { access, clock, enter } = await hall();
  const { text } = await access.users.add('anna', ['auditor']);
  const trier = { name: '', address: ADDRESS };
  for (let i = 0; i < 20; i++) access.attempts.begin({ ...trier, name: `n${i}` }, clock.now);
  expect(await enter('anna', text)).toEqual({ kind: 'wait', ms: 60_000 });
  expect((await enter('anna', text, '198.51.100.1')).kind).toBe('set-up');
});

test('a stolen token does not wipe out wrong codes: neither before, nor on the way', async () => {
  const here = await hall();
  const { access, clock, logIns, enter } = here;
  const { text } = await access.users.add('anna', ['auditor']);
  await setUp(here, text);
  const trier = { name: 'anna', address: 'thief' };
  const kinds: string[] = [];
  for (let i = 0; i < 3; i++) {
    expect((await enter('anna', text, 'thief')).kind).toBe('code');
    kinds.push(logIns.withCode(trier, 1, 'wrong').kind);
  }
  const underway = enter('anna', text, 'thief'); // its scrypt is slow: codes fail in the meantime and close the door
  for (let i = 0; i < 2; i++) kinds.push(logIns.withCode(trier, 1, 'wrong').kind);
  expect((await underway).kind).toBe('code');
  kinds.push(logIns.withCode({ name: 'anna', address: 'elsewhere' }, 1, 'wrong').kind);
  expect(kinds).toEqual(['refused', 'refused', 'refused', 'refused', 'refused', 'wait']);
  access.attempts.forgive('anna');
  expect(access.attempts.lockedFor('anna', clock.now)).toBe(0);
});

test('a flood is sent away instead of queued', async () => {
  const { enter } = await hall({ mostWaiting: 3 });
  const all = await Promise.all(Array.from({ length: 8 }, (_, i) => enter(`n${i}`, 'x', `192.0.2.${i}`)));
  expect(all.filter(({ kind }) => kind === 'refused')).toHaveLength(3);
  expect(all.filter(({ kind }) => kind === 'wait')).toHaveLength(5);
});
