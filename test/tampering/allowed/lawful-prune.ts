import type { Allowed } from '../lib/attack.ts';
import { PRUNED, pruneLawfully } from '../lib/prune.ts';

export const allowed: Allowed = {
  title: 'bodies are pruned whose handles are all destroyed',
  happen: pruneLawfully,
  pruned: PRUNED,
};
