import { formatCheckpoint, signNote, treeSize } from '@zegel/core';
import { checkpointKey } from '../../../s3/lib/admin.ts';
import { otherKey } from '../../lib/loot.ts';
import type { BucketAttack } from '../../lib/attack.ts';
import { ORIGIN } from '../../lib/scene.ts';

export const bucketAttack: BucketAttack = {
  title: 'a stranger signs a checkpoint far beyond the end',
  holds: ['nothing'],
  tamper: async ({ bucket }) => {
    const { log } = await bucket.own();
    const root = new Uint8Array(32);
    const text = formatCheckpoint({ origin: ORIGIN, size: treeSize(1_000_000), root });
    await log.put(checkpointKey(1_000_000), signNote(text, [otherKey()]));
  },
  want: [{ code: 'store-damaged' }],
};
