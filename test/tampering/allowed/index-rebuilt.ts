import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Allowed } from '../lib/attack.ts';
import { makeIndex } from '../lib/scene.ts';

export const allowed: Allowed = {
  title: 'the index is dropped and rebuilt',
  happen: async (scene) => {
    rmSync(join(scene.machine, 'index.db'));
    await makeIndex(scene);
  },
};
