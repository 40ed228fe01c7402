import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openReader, verifyLog } from '@zegel/log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const START = fileURLToPath(new URL('../examples/voorbeeld/start.ts', import.meta.url));
const ARGS = [START];

/** What must not stand in any file nor in any entry: persons, addresses, texts, cases of the day. */
const SECRETS = [
  'lezer-001',
  'vraag-1@',
  '198.51.100.',
  '192.0.2.17',
  'dashboard/4.2',
  'Christmas',
  'demand 2044',
  'order-88',
];

describe('npm run tour', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zegel-start-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, maxRetries: 5 }));
  const start = (): string => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [...ARGS, folder], {
      encoding: 'utf8',
      timeout: 90_000,
    });
    expect([status, stderr]).toEqual([0, '']);
    return stdout;
  };
  const sizeOf = async (): Promise<number> => {
    await using reader = await openReader(join(folder, 'audit'));
    return await reader.size();
  };

  it('can be stopped while it seals, without a trace of trouble', async () => {
    const child = spawn(process.execPath, [...ARGS, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
    while (!out().includes('Seal')) await once(child.stdout, 'data');
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    expect([code, err()]).toEqual([130, '']);
    expect(out()).toMatch(/\nstopped; .*\n$/);
  });

  it('goes on, tells the day and names each attack', async () => {
    const story = start();
    for (const code of [
      'leaf-hash',
      'root-mismatch',
      'truncated',
      'signature-unknown',
      'forked',
      'mention-unopened',
    ])
      expect(story).toContain(`✗ ${code}`);
    expect(story).toContain('e-23 (support) read');
    expect(story).toContain('gave Politie');
    expect(story).toMatch(/Customer c-1013 withdrew consent: \d+ handles of \d activities destroyed/);
    expect(story).toMatch(/its proof, given to the customer before, holds/);
    expect(await sizeOf()).toBeGreaterThan(2900);
    const { failures } = await verifyLog(join(folder, 'audit'));
    expect(failures).toEqual([]);
  });

  it('adds nothing of the day a second time', async () => {
    const before = await sizeOf();
    const story = start();
    expect(story).toContain('0 facts');
    expect(story).toContain('it grew by 0 entries');
    expect(story).toContain('Customer c-1013 was erased by an earlier start.');
    const asked = Number(/The questions became (\d+) entries/.exec(story)?.[1]);
    expect(await sizeOf()).toBe(before + asked);
  });

  it('leaves nobody in clear in any file of the log, nor in what is packed in them', async () => {
    const files = readdirSync(join(folder, 'audit'), { recursive: true, withFileTypes: true }).filter(
      (each) => each.isFile(),
    );
    const texts = files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name))] as const);
    await using reader = await openReader(join(folder, 'audit'));
    const entries: Uint8Array[] = [];
    for await (const chunk of reader.read(0, await reader.size()))
      for (const { bytes } of chunk) entries.push(bytes ?? new Uint8Array());
    const found = [...texts, ['entries', Buffer.concat(entries)] as const].flatMap(([name, bytes]) =>
      SECRETS.filter((secret) => bytes.includes(secret)).map((secret) => `${name}: ${secret}`),
    );
    expect(found).toEqual([]);
    expect(files.length).toBeGreaterThan(4);
    expect(entries.length).toBeGreaterThan(2900);
  });
});

function textOf(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  return () => text;
}
