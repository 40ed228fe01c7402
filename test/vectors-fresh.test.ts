/** The committed vectors are what the reference makes today, no file more and no file less. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Vector } from './reference/families/vector.ts';
import { allVectors, fileText, VECTORS } from './reference/generate.ts';

const LIMIT = 2_000_000;

function committed(): ReadonlyMap<string, string> {
  const files = readdirSync(VECTORS, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.name.endsWith('.json'),
  );
  return new Map(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [
        relative(VECTORS, file)
          .split(sep)
          .join('/')
          .replace(/\.json$/, ''),
        readFileSync(file, 'utf8'),
      ];
    }),
  );
}

describe('vectors', () => {
  let made: ReadonlyMap<string, Vector>;
  const files = committed();

  beforeAll(() => {
    made = allVectors();
  });

  it('are all there', () => {
    expect([...files.keys()].sort()).toEqual([...made.keys()].sort());
  });

  it('are as the reference makes them', () => {
    const changed = [...made]
      .filter(([path, vector]) => files.get(path) !== fileText(vector))
      .map(([path]) => path);
    expect(changed).toEqual([]);
  });

  it('say what they show, each in words of its own', () => {
    for (const [path, { desc }] of made) expect(desc, path).toMatch(/\S/);
  });

  it('stay small', () => {
    const bytes = [...files.values()].reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    expect(bytes).toBeLessThan(LIMIT);
  });
});
