import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FINDINGS } from '@zegel/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { filesUnder, read, root } from './house/lib/tree.ts';

const README = read('README.md');
const BUILT = fileURLToPath(new URL('node_modules/@zegel/log/dist/index.js', import.meta.url));
const ZEGEL = fileURLToPath(new URL('node_modules/@zegel/cli/dist/bin.js', import.meta.url));

/** Texts of the fenced blocks of a language. */
function blocks(markdown: string, language: string): readonly string[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].flatMap(([, found, text = '']) =>
    found === language ? [text] : [],
  );
}

/** Words of a command line as a shell has them: quotes and one redirection are all that the README uses. */
function words(line: string): readonly string[] {
  return [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');
}

describe('README.md', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'zegel-readme-'));
    mkdirSync(join(folder, 'elsewhere'));
    symlinkSync(fileURLToPath(new URL('node_modules', import.meta.url)), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const node = (args: readonly string[], input = ''): SpawnSyncReturns<string> =>
    spawnSync(process.execPath, args, { cwd: folder, input, encoding: 'utf8', timeout: 60_000 });

  it('is one screen', () => {
    expect(README.split('\n').length).toBeLessThanOrEqual(70);
    expect(README).not.toMatch(/!\[/);
  });

  it('has a library example of twelve lines that runs on the built packages (needs a build)', (ctx) => {
    ctx.skip(!existsSync(BUILT), 'the packages are not built');
    const [example = ''] = blocks(README, 'ts');
    expect(example.split('\n').filter((line) => line !== '')).toHaveLength(12);
    writeFileSync(join(folder, 'example.ts'), example);
    const { stdout, stderr, status } = node(['example.ts']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/index: 2,\n[^]*durable: 'log'[^]*\ntrue \[\]\n$/);
    expect(status).toBe(0);
    rmSync(join(folder, 'audit'), { recursive: true });
  });

  it('has five commands that run', () => {
    const commands = (blocks(README, 'sh')[1] ?? '').trimEnd().split('\n');
    const event = '{"action":"read","activity":"general","service":"shop","fields":["email"],';
    const whose = '"actor":{"kind":"employee","id":"e-17"},"subjects":[{"type":"customer","id":"c-1001"}]}\n';
    const answers = commands.map((line) => {
      const [name, ...args] = words(line.replace(/ < .*/, ''));
      expect(name).toBe('zegel');
      const { stdout, stderr, status } = node([ZEGEL, ...args], event + whose);
      expect([line, status, stderr]).toEqual([line, 0, '']);
      return stdout;
    });
    expect(answers).toHaveLength(5);
    expect(answers[1]).toContain('"leafHash"');
    expect(answers[2]).toContain('customer:c-1001');
    expect(readFileSync(join(folder, 'entry-2.tlog-proof'), 'utf8')).toContain('c2sp.org/tlog-proof');
  });
});

describe('docs', () => {
  const pages = filesUnder('.').filter((path) => path.endsWith('.md') && !path.startsWith('.changeset/'));

  it('link to what is there', () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !existsSync(join(root, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
    expect(pages.length).toBeGreaterThan(15);
  });

  it('give each finding the level it has', () => {
    const rows = [...read('docs/errors.md').matchAll(/^\| `([a-z0-9-]+)` \| ([a-z ]+) \|/gm)];
    const told = rows.map(([, code, level]) => [code, level?.replace(' ', '-')]);
    expect(Object.fromEntries(told)).toEqual(
      Object.fromEntries(Object.entries(FINDINGS).map(([code, [level]]) => [code, level])),
    );
  });

  it('name in the threat model only findings and errors that there are', () => {
    const known = new Set(
      [...read('docs/errors.md').matchAll(/^\| `([\w-]+)` \|/gm)].map(([, code]) => code),
    );
    const section =
      read('docs/threat-model.md').split('## What an attacker has')[1]?.split('## What is not')[0] ?? '';
    const named = [...section.matchAll(/`((?:[a-z]+-)+[a-z]+|[A-Z]+_[A-Z_]+|truncated|forked|malformed)`/g)];
    expect(named.map(([, code]) => code).filter((code) => !known.has(code))).toEqual([]);
    expect(named.length).toBeGreaterThan(25);
  });

  it('number the decisions without a gap', () => {
    const numbers = filesUnder('docs/adr').flatMap(
      (path) => Number(/(\d{4})-/.exec(path)?.[1] ?? Number.NaN) || [],
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(numbers.map((_, n) => n + 1));
    for (const path of filesUnder('docs/adr').filter((each) => /\d{4}-(?!dependencies)/.test(each)))
      expect(read(path)).toMatch(
        /^# \d+\. .+\n\nDate: [\d-]+\. Status: [^]*\n## What forces it\n[^]*\n## What we do\n[^]*\n## What it costs\n/,
      );
  });
});
