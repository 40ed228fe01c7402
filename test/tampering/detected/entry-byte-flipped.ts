import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a byte of one entry is flipped, with the checksum of its row made right',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const { bytes } = loot.entry(AT.batch + 8);
      if (bytes !== undefined) bytes[12] = (bytes[12] ?? 0) ^ 1;
    }),
  want: [
    { code: 'leaf-hash', index: AT.batch + 8 },
    { code: 'malformed', index: AT.batch + 8 },
  ],
  inBucket: {
    want: [
      { code: 'malformed', index: AT.batch + 8 },
      { code: 'prev-broken', index: AT.batch + 9 },
      { code: 'root-mismatch', index: AT.batch },
      { code: 'store-damaged' },
    ],
    because:
      'a segment stores no leaf hashes beside bodies: those of the bodies are signed, and checkpoints contradict them',
  },
};
