import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'the bodies of two entries change places, their hashes stay',
  holds: ['nothing'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [a, b] = [loot.entry(10), loot.entry(11)];
      [a.bytes, b.bytes] = [b.bytes, a.bytes];
    }),
  want: [
    { code: 'index-gap', index: 10 },
    { code: 'index-repeat', index: 11 },
    { code: 'prev-broken', index: 10 },
    { code: 'leaf-hash', index: 10 },
  ],
  inBucket: {
    want: [
      { code: 'index-gap', index: 10 },
      { code: 'index-repeat', index: 11 },
      { code: 'prev-broken', index: 10 },
      { code: 'root-mismatch', index: AT.batch },
      { code: 'store-damaged' },
    ],
    because:
      'a segment stores no leaf hashes beside bodies: those of the bodies are signed, and checkpoints contradict them',
  },
};
