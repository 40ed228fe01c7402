import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatSkey } from '@zegel/core';
import { otherKey, rewrite, stolenKey } from './loot.ts';
import { addHead, appendHeartbeat, appendKey } from './rotation.ts';
import { ORIGIN, type Scene } from './scene.ts';

/** Lets another key take over as it should, with an entry after it; the key folder holds the new one then. */
export async function changeKey(scene: Scene): Promise<void> {
  await rewrite(scene, (loot) => {
    const [old, next] = [stolenKey(scene), otherKey()];
    appendKey(loot, old, next);
    addHead(loot, old, next);
    appendHeartbeat(loot);
    addHead(loot, next);
  });
  writeFileSync(join(scene.keys, 'log.key'), `${formatSkey(ORIGIN, new Uint8Array(32).fill(7))}\n`);
  rmSync(join(scene.keys, 'signed'));
}
