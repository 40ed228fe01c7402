import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesUnder, root } from './lib/tree.ts';
import { words } from './rules/words.ts';

/** Files that git knows or would take; where there is no git, everything but what is built. */
function tracked(): readonly string[] {
  try {
    const list = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return list.split('\n').filter((path) => path !== '' && existsSync(join(root, path)));
  } catch {
    return filesUnder('.');
  }
}

describe('forbidden words', () => {
  it('are in no tracked file', () => {
    const files = tracked();
    expect(files.length).toBeGreaterThan(20);
    const found = files.flatMap((path) => {
      const bytes = readFileSync(join(root, path));
      return bytes.includes(0) ? [] : words(path, bytes.toString());
    });
    expect(found).toEqual([]);
  });

  it.each([
    ['see /', 'root/notes.txt'],
    ['"/', 'home/anna/zegel"'],
    ['cd /', 'Users/anna/zegel'],
    ['(/', 'tmp/x)'],
    ["'/", "tmp'"],
    ['C:', '\\Users\\anna'],
    ['https://registry.', 'example.org/zegel'],
    ['https://www.npmjs', '.com/package/zegel'],
    ['http://192.168', '.1.7:4873/'],
    ['-----BEGIN ', 'PRIVATE KEY-----'],
  ])('are found in %s…', (start, rest) => {
    expect(words('README.md', `fine\n${start}${rest}`)).toHaveLength(1);
  });

  it.each([
    'docs/work/x',
    'https://shop.example/home',
    './tmp/x',
    'register.activities.x()',
    '../shared/data',
    'a/root/b',
    '192.0.2.7',
  ])('are not in %s', (text) => {
    expect(words('README.md', text)).toEqual([]);
  });
});
