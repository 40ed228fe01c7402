import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished, expect, test } from 'vitest';
import { CheckError } from '../src/checks/check-error.ts';
import { CheckTimer } from '../src/checks/check-timer.ts';
import { History } from '../src/checks/history.ts';
import type { CheckRecord } from '../src/checks/integrity-state.ts';
import type { LogChecks } from '../src/checks/log-checks.ts';
import { stateFolder } from '../src/checks/state-folder.ts';
import { TouchWatch } from '../src/checks/touch-watch.ts';
import { event, newLog, place, post, served } from './served.ts';
import { changeBody } from './lib/tamper.ts';
import { SIZE, watched } from './lib/watched.ts';

const codes = ({ details }: LogChecks): string[] => details.findings.map(({ code }) => code);

test('what is remembered lies neither with the log nor with its keys, and is nobody else to write', () => {
  const root = place();
  const [log, keys] = [join(root, 'audit'), join(root, 'keys')];
  for (const dir of [log, keys]) mkdirSync(dir);
  symlinkSync(log, join(root, 'elsewhere'));
  mkdirSync(join(root, 'open'), { mode: 0o777 });
  chmodSync(join(root, 'open'), 0o777);
  writeFileSync(join(root, 'file'), '');
  for (const given of ['audit', 'audit/state', 'keys/state', 'elsewhere/state', 'open', 'file/state'])
    expect(() => stateFolder({ given: join(root, given), log, keys }), given).toThrow(CheckError);
  expect(existsSync(join(keys, 'state'))).toBe(false);
  const dir = stateFolder({ given: join(root, 'audit-state'), log, keys });
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test('without a folder given it is one of its own under that of the user or the service', () => {
  const root = place();
  const log = join(root, 'audit');
  const of = (env: NodeJS.ProcessEnv, one = log): string =>
    stateFolder({ log: one, keys: join(one, 'keys') }, env);
  const dir = of({ XDG_STATE_HOME: join(root, 'xdg') });
  expect(dir.startsWith(join(root, 'xdg', 'zegel', 'viewer-'))).toBe(true);
  expect(of({ XDG_STATE_HOME: join(root, 'xdg') }, join(root, 'other'))).not.toBe(dir);
  expect(of({ STATE_DIRECTORY: join(root, 'service'), XDG_STATE_HOME: join(root, 'xdg') })).toContain(
    'service',
  );
  expect(() => of({ XDG_STATE_HOME: log })).toThrow('must be kept apart');
});

test('another log at the place of one that was seen is found', async () => {
  const { checks, memory, again } = await watched();
  await checks.run('full');
  await checks.close();
  const other = await watched({ state: memory }, 'another');
  await other.checks.run('full');
  expect(codes(other.checks)).toEqual(expect.arrayContaining(['forked', 'signature-unknown']));
  expect(again().details.compared).toMatchObject({ vkey: 'remembered', remembered: SIZE });
});

test('a verifier key and a checkpoint that the operator gave are held against the log', async () => {
  const other = await watched({}, 'another');
  const held = [{ note: await other.log.checkpoint(), from: 'a note' }];
  const one = await watched({ vkey: other.log.vkey, held });
  await one.checks.run('full');
  expect(codes(one.checks)).toEqual(expect.arrayContaining(['forked', 'signature-unknown']));
  expect(one.checks.details.compared).toMatchObject({ vkey: 'given', given: ['a note'] });
});

test.each(['heads.json', 'seen.json'])('a memory that lost %s is red', async (file) => {
  const { checks, memory, again } = await watched();
  await checks.run('full');
  await checks.close();
  rmSync(join(memory, file));
  const next = again();
  expect([next.state.status, codes(next)]).toEqual(['failed', ['memory-damaged']]);
});

test.each(['heads.json', 'seen.json'])('a memory whose %s is no such thing is red', async (file) => {
  const { checks, memory, again } = await watched();
  await checks.run('full');
  await checks.close();
  writeFileSync(join(memory, file), '{}');
  const next = again();
  await next.run('round');
  expect([next.state.status, codes(next)]).toEqual(['failed', ['memory-damaged']]);
});

test('a full check is stopped by its signal and by anybody, is joined, and takes the place of a round', async () => {
  const { checks } = await watched();
  await checks.run('full');
  expect(await checks.runFull(AbortSignal.abort())).toMatchObject({ kind: 'full', result: 'cancelled' });
  const round = checks.run('round');
  const seen: string[] = [];
  const full = checks.runFull(undefined, ({ stage }) => seen.push(stage));
  expect(await round).toMatchObject({ kind: 'round', result: 'cancelled' });
  const joined = checks.runFull(AbortSignal.timeout(1));
  expect(await full).toMatchObject({ result: 'good', asked: true });
  expect(await joined).toBe(await full);
  expect(seen).toContain('index');
  const stopped = checks.runFull();
  await pause(50);
  checks.cancel();
  expect(await stopped).toMatchObject({ result: 'cancelled' });
  expect([checks.state.status, checks.details.progress]).toEqual(['good', undefined]);
});

test('a check that can not be done makes nothing good and nothing red', async () => {
  const { checks, dir, told } = await watched();
  renameSync(join(dir, 'log.db'), join(dir, 'away.db'));
  expect(await checks.run('full')).toMatchObject({ result: 'impossible' });
  expect([checks.state.status, checks.details.problem]).toEqual([
    'unchecked',
    expect.stringContaining('NOT_FOUND'),
  ]);
  expect(told[0]).toContain("can't be checked");
});

test('without its key the vault is not checked, and that is said', async () => {
  const { checks, dir, told } = await watched();
  await checks.run('full');
  const file = join(dir, 'keys', 'kek');
  const kek = readFileSync(file);
  writeFileSync(file, 'nonsense');
  expect(await checks.run('round')).toMatchObject({ result: 'good', vault: 'unreadable' });
  writeFileSync(file, kek);
  expect(told).toEqual([]);
});

test('the files written to while the log does not grow bring a round at once, over every body', async () => {
  const { checks, dir, log } = await watched({ budget: 0, sides: { vault: 0, index: 0, budget: 0 } });
  await checks.run('full');
  const timer = new CheckTimer(checks, { every: 3_600_000, watch: 100, dir, size: () => log.size() });
  onTestFinished(() => timer.close());
  await until(() => checks.details.lastIncremental !== undefined);
  await pause(500); // the files as they are have been looked at
  expect(checks.details.bodies.next).toBeGreaterThan(200);
  await changeBody(dir, 100); // whose turn was just now
  await until(() => checks.state.status === 'failed');
  expect(checks.stateOf(100)).toBe('failed');
});

test('checks themselves are no hand in the files', async () => {
  const { checks, dir, log } = await watched({ budget: 0, sides: { vault: 0, index: 0, budget: 0 } });
  await checks.run('full');
  let touches = 0;
  const size = (): Promise<number> => log.size();
  const watch = new TouchWatch(dir, 50, size, () => touches++);
  onTestFinished(() => watch.close());
  await pause(200);
  for (let n = 0; n < 2; n++) await checks.run('round');
  await pause(200);
  expect(touches).toBe(0);
  await changeBody(dir, 100);
  await until(() => touches > 0);
});

test('something found brings a full check at once', async () => {
  const { checks, dir, log } = await watched();
  await checks.run('full');
  const timer = new CheckTimer(checks, { every: 3_600_000, dir, size: () => log.size() });
  onTestFinished(() => timer.close());
  await until(() => checks.details.lastIncremental !== undefined);
  const before = checks.details.lastFull;
  checks.tell([{ code: 'index-differs', index: 5, message: 'the index names entry 5' }]);
  await until(() => checks.details.lastFull !== before);
  expect(checks.state.status).toBe('failed');
});

test('a log that is served is checked from the start, while it takes events, and until it stops', async () => {
  const log = await newLog();
  const memory = join(log, '..', 'memory');
  const to = await served({ log, checks: { state: memory, every: 200 } });
  for (let n = 0; n < 5; n++)
    expect((await post(to, event(n, { operation: 'customer.show' }))).status).toBe(201);
  await until(() => lines(memory).some((line) => line.includes('"result":"good"')));
  await changeBody(log, 4);
  await until(() => lines(memory).some((line) => line.includes('"code":"leaf-hash","index":4')));
  expect((await post(to, event(9))).status).toBe(201);
  await to.close();
});

function lines(memory: string): readonly string[] {
  const file = join(memory, 'history.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
}

const record = (n: number, more: Partial<CheckRecord> = {}): CheckRecord => ({
  ...{ kind: 'full', at: new Date(n * 60_000).toISOString(), took: 5, result: 'good', size: n, root: '' },
  ...{ checked: n, rehashed: n, index: 'good', vault: 'good', failures: [], warnings: 0 },
  ...more,
});

test('the history survives a start anew and damage, and rounds alike are counted', () => {
  const dir = place();
  const told: string[] = [];
  const history = new History(dir, (text) => told.push(text));
  history.add(record(1));
  for (let n = 2; n < 130; n++) history.add(record(n, { kind: 'round' }));
  history.add(record(130, { kind: 'round', result: 'failed' }));
  const sizes = history.records.map(({ size, like }) => [size, like]);
  expect(sizes).toEqual([
    [1, undefined],
    [61, 59],
    [121, 59],
    [130, 8],
  ]);
  appendFileSync(join(dir, 'history.jsonl'), 'nonsense\n{"kind":"full"}\n{"ki');
  const again = new History(dir, (text) => told.push(text));
  expect([again.records, told.length]).toEqual([history.records, 1]);
  again.add(record(131));
  expect(new History(dir, () => undefined).records.at(-1)).toEqual(record(131));
});

test('the history keeps within its size, and failures longest', () => {
  const dir = place();
  const history = new History(dir, () => undefined, 20_000);
  history.add(record(0, { result: 'failed' }));
  history.add(record(1, { asked: true }));
  for (let n = 2; n < 500; n++) history.add(record(n));
  expect(statSync(join(dir, 'history.jsonl')).size).toBeLessThan(20_000);
  expect([history.records[0]?.size, history.records.at(-1)?.size]).toEqual([0, 499]);
  expect(history.records[1]).toMatchObject({ asked: true }); // else what it cleared would stand again
});

async function until(fits: () => boolean): Promise<void> {
  while (!fits()) await pause(50);
}
