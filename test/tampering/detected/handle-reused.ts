import { parseUuid } from '@zegel/core';
import { pointerTo } from '../lib/vault-keys.ts';
import type { Attack } from '../lib/attack.ts';
import { AT } from '../lib/scene.ts';
import { rewrite, stolenKey } from '../lib/loot.ts';

export const attack: Attack = {
  title: 'a new entry is made to point to a handle that was destroyed',
  holds: ['vault'],
  tamper: (scene) =>
    rewrite(scene, (loot) => {
      const [number] = loot.object(AT.destroyed)['handles'] as string[];
      const id = '0192f0a0-0000-7000-8000-000000000005';
      const entry = loot.object(loot.size - 1);
      const subjects = [
        { involvement: 'target', ref: 'A'.repeat(43), ptr: pointerTo(scene, number ?? '', parseUuid(id), 2) },
      ];
      delete entry['sealed'];
      loot.append({ ...entry, id, actor: { kind: 'anonymous' }, subjects }).rehead(stolenKey(scene));
    }),
  want: [{ code: 'handle-reused', index: AT.size }],
};
