import type { VaultKeys } from '../vault/vault-file.ts';
import { namedId } from './prepare-event.ts';
import { eventsIn, type OpenWork, type Work } from './seal-line.ts';

/** Events sealed in one round: small enough that the commit worker never waits long for the first of them. */
const ROUND = 256;

/** How many requests the next round takes: enough events, or up to an entry that destroys handles. */
export function roundEnd(queue: readonly Work[]): number {
  let events = 0;
  for (const [at, work] of queue.entries()) {
    if (work.kind === 'control' && work.destroys !== undefined) return at + 1;
    events += eventsIn(work);
    if (events >= ROUND) return at + 1;
  }
  return queue.length;
}

/** Ids of the events and records that their callers named. */
export function namedIds(keys: VaultKeys, work: readonly OpenWork[]): Uint8Array[] {
  return work.flatMap((item) =>
    (item.kind === 'control' ? [item.record] : item.events).flatMap((event) =>
      isNamed(event) ? [namedId(keys, item.source, event.id)] : [],
    ),
  );
}

function isNamed(event: unknown): event is { readonly id: string } {
  return (
    typeof event === 'object' &&
    event !== null &&
    'id' in event &&
    typeof event.id === 'string' &&
    event.id.isWellFormed()
  );
}
