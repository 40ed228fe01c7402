import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'packages/cli/dist/bin.js');
const built = join(root, 'packages/cli/dist/bin.js');

/** A text that matches, inside an expected object. */
function matching(pattern: RegExp): unknown {
  return expect.stringMatching(pattern) as unknown;
}

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'zegel-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function start(argv: readonly string[], stdio: StdioOptions = 'pipe'): ChildProcess {
  return spawn(process.execPath, ['--no-warnings', bin, ...argv], {
    stdio,
    env: { ...process.env, ZEGEL_LOG: '', ZEGEL_KEYS: '' },
  });
}

async function text(stream: AsyncIterable<Buffer> | null): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream ?? []) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function zegel(
  argv: readonly string[],
  stdin = '',
): Promise<{ status: number | null; out: string; err: string }> {
  const child = start(argv);
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(stdin);
  const closed = once(child, 'close');
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await closed) as [number | null];
  return { status, out, err };
}

const event = JSON.stringify({
  ...{ action: 'read', activity: 'general', fields: ['email'], service: 'dashboard' },
  ...{ actor: { kind: 'employee', id: 'e-17' }, subjects: [{ type: 'customer', id: 'c-1' }] },
});

async function newLog(name: string): Promise<string> {
  const log = join(dir, name);
  expect(await zegel(['init', '--log', log, '--origin', 'cli.example/audit'])).toMatchObject({
    status: 0,
    err: '',
  });
  return log;
}

test('the command as a process: statuses, receipts, lines of errors', async () => {
  const log = await newLog('plain');
  expect(await zegel(['append', '--log', log], `${event}\n{}\n${event}`)).toMatchObject({
    status: 1,
    out: matching(/^(?:\{"id":.*\}\n){2}$/),
    err: matching(/^zegel: line 2: [^\n]+\n$/),
  });
  expect(await zegel(['verify', '--log', log])).toMatchObject({ status: 0, err: '' });
  expect(await zegel(['verify', '--log', join(dir, 'none')])).toMatchObject({
    status: 2,
    out: '',
    err: matching(/^zegel: STORE_NOT_FOUND: [^\n]+\n$/),
  });
  expect(await zegel([])).toMatchObject({ status: 2 });
});

test('a reader that has seen enough is no failure, but a lost receipt is', async () => {
  const log = await newLog('pipes');
  await zegel(['append', '--log', log], `${event}\n`.repeat(2000));
  const child = start(['export', '--log', log, '--format', 'jsonl', '-o', '-']);
  const err = text(child.stderr);
  await once(child.stdout ?? child, 'data');
  child.stdout?.destroy();
  const [status] = (await once(child, 'close')) as [number];
  expect({ status, err: await err }).toEqual({ status: 0, err: '' });

  const writer = start(['append', '--log', log]);
  const told = text(writer.stderr);
  writer.stdout?.destroy();
  writer.stdin?.on('error', () => undefined);
  writer.stdin?.end(`${event}\n`.repeat(5000));
  const [lost] = (await once(writer, 'close')) as [number];
  expect(lost).toBe(2);
  expect(await told).toMatch(/^zegel: RECEIPTS_LOST: [^\n]+\n$/);
});

test('an interrupt ends an append with everything acknowledged in the log', async () => {
  const log = await newLog('interrupt');
  const child = start(['append', '--log', log]);
  const err = text(child.stderr);
  child.stdin?.write(`${event}\n`);
  await once(child.stdout ?? child, 'data');
  child.kill('SIGINT');
  const [status] = (await once(child, 'close')) as [number];
  expect({ status, err: await err }).toEqual({
    status: 130,
    err: matching(/^zegel: INTERRUPTED: [^\n]+\n$/),
  });
  expect((await zegel(['checkpoint', '--log', log])).out.split('\n')[1]).toBe('3');
});

test('the built command runs', async (ctx) => {
  if (!existsSync(built)) ctx.skip('packages/cli is not built');
  const child = spawn(process.execPath, [built, '--version']);
  expect(await text(child.stdout)).toMatch(/^\d+\.\d+\.\d+\n$/);
});

const shared = join(root, '../shared/data');

describe.skipIf(!existsSync(shared))('records of real systems (needs ../shared)', () => {
  test.each([
    ['fhir', 'fhir-auditevents'],
    ['cloudtrail', 'cloudtrail'],
  ])('%s imports, imports again without a new entry, is found and verifies', async (format, folder) => {
    const log = await newLog(format);
    const files = readdirSync(join(shared, folder)).filter((name) => name.endsWith('.json'));
    const argv = [
      'import',
      '--log',
      log,
      '--from',
      format,
      '--json',
      ...files.map((name) => join(shared, folder, name)),
    ];
    const first = JSON.parse((await zegel(argv)).out) as {
      read: number;
      appended: number;
      duplicate: number;
      refused: unknown[];
    };
    expect(first.appended).toBeGreaterThan(10);
    expect(first.read).toBe(first.appended + first.duplicate + first.refused.length);
    const size = (await zegel(['checkpoint', '--log', log])).out.split('\n')[1];
    const second = JSON.parse((await zegel(argv)).out) as typeof first;
    expect(second).toEqual({ ...first, appended: 0, duplicate: first.appended + first.duplicate });
    expect((await zegel(['checkpoint', '--log', log])).out.split('\n')[1]).toBe(size);
    const found = await zegel(['search', '--log', log, 'activity:imported', '--limit', '1000', '--json']);
    expect(found.out.split('\n')).toHaveLength(first.appended + 1);
    expect(await zegel(['verify', '--log', log, '--vault', '--index'])).toMatchObject({ status: 0, err: '' });
  });
});
