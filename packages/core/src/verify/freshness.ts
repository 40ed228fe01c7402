import type { Freshness } from './checker-options.ts';
import type { CheckerState } from './state.ts';
import type { Tell } from './tell.ts';

/** Whether the newest entry is recent enough, and the heartbeat not overdue. */
export function checkFreshness(
  { chain, deadline }: CheckerState,
  { now, staleAfter }: Freshness,
  tell: Tell,
): void {
  const last = chain.recorded;
  const index = Math.max(chain.size - 1, 0);
  if (staleAfter !== undefined && last + staleAfter < now)
    tell('stale', index, 'the newest entry is too old');
  else if (deadline !== undefined && deadline < now && last <= deadline)
    tell('stale', index, 'the heartbeat is overdue');
}
