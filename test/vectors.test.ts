/** Every conformance vector, answered by the packages. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Vector } from './reference/families/vector.ts';
import { VECTORS } from './reference/generate.ts';
import { answer } from './vectors-run.ts';

const families = readdirSync(VECTORS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

describe('conformance vectors', () => {
  it('are of every family', () => {
    expect(families).toEqual(
      'canonical chain checkpoint entry idempotency mention proof prune sealed vault'.split(' '),
    );
  });

  describe.each(families)('%s', (family) => {
    const files = readdirSync(join(VECTORS, family)).sort();

    it.each(files)('%s', (file) => {
      const vector = JSON.parse(readFileSync(join(VECTORS, family, file), 'utf8')) as Vector;
      expect(answer(vector), vector.desc).toEqual(vector.want);
    });
  });
});
