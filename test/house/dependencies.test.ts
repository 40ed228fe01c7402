import { describe, expect, it } from 'vitest';
import { manifests, read } from './lib/tree.ts';
import { difference, documented } from './rules/codes.ts';
import { addresses, dependenciesOf, links, pins } from './rules/dependencies.ts';

const here = manifests();
const asking = (dependencies: Readonly<Record<string, string>>, path = 'packages/a/package.json') => ({
  path,
  name: 'a',
  dependencies,
});

describe('dependencies', () => {
  it('are pinned exactly, in one version', () => {
    expect(here.length).toBeGreaterThan(9);
    expect(pins(here)).toEqual([]);
  });

  it.each(['^1.2.3', '~1.2.3', '1.x', '*', 'latest', 'github:a/b', 'npm:other@1.2.3'])(
    'are not pinned by %s',
    (version) => {
      expect(pins([asking({ one: version })])).toHaveLength(1);
    },
  );

  it('are not pinned by two versions of one', () => {
    expect(pins([asking({ one: '1.2.3' }), asking({ one: '1.2.4' }, 'bench/package.json')])).toHaveLength(1);
    expect(pins([asking({ one: '1.2.3' }), asking({ one: '1.2.3', two: '1.2.4-rc.1' })])).toEqual([]);
  });

  it('on each other go by the workspace', () => {
    expect(links(here)).toEqual([]);
    expect(links([asking({ '@zegel/core': '0.1.0' })])).toHaveLength(1);
  });

  it('have a line each in the decision about them, and no line is left over', () => {
    const asked = new Set(dependenciesOf(here).map(({ name }) => name));
    const text = read('docs/adr/0002-dependencies.md').replaceAll(
      /^\| `([^`]+)`/gm,
      (_, name: string) => `| \`${plain(name)}\``,
    );
    expect(difference(new Set([...asked].map(plain)), documented(text))).toEqual([]);
  });

  it('are locked without an address', () => {
    expect(addresses(read('pnpm-lock.yaml'))).toEqual([]);
    expect(addresses(`  resolution: {integrity: x, tarball: a}\n  ok: 1`)).toHaveLength(1);
    expect(addresses('https://mirror.example/a.tgz')).toHaveLength(1);
  });
});

/** Names of packages have characters that codes have not. */
function plain(name: string): string {
  return name.replaceAll(/[^A-Za-z0-9-]/g, '_');
}
