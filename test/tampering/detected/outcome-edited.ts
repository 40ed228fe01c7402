import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'an outcome is changed and nothing else',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      loot.edit(10, { outcome: 'denied' });
    }),
  want: [{ code: 'leaf-hash', index: 10 }],
  inBucket: {
    want: [
      { code: 'prev-broken', index: 11 },
      { code: 'root-mismatch', index: AT.batch },
      { code: 'store-damaged' },
    ],
    because:
      'a segment stores no leaf hashes beside bodies: those of the bodies are signed, and checkpoints contradict them',
  },
};
