import {
  checkControls,
  checkGenesis,
  checkIds,
  checkIndexes,
  checkItems,
  checkPrevs,
  checkTimes,
} from './check-chain.ts';
import { checkHeads, keysOf } from './check-heads.ts';
import { checkParts } from './check-parts.ts';
import { checkPruning, checkSources, coversOf } from './check-prune.ts';
import { checkRegisters } from './check-register.ts';
import { type Found, type Item, inOrder, itemsOf, type LogFile, recordedOf, textOf } from './log-file.ts';
import { msOf } from './values.ts';

/** A question to verification, as vectors put it. */
export interface LogQuestion {
  readonly log: LogFile;
  /** The origin expected. */
  readonly origin?: string;
  /** Checkpoints kept elsewhere. */
  readonly held?: readonly string[];
  /** Verifier keys kept elsewhere. */
  readonly vkeys?: readonly string[];
  /** The time it is. */
  readonly now?: string;
  /** Milliseconds that the newest entry may be old. */
  readonly staleAfter?: number;
}

/** Everything that verification finds in a log without its vault (format v1, chapter Verification). */
export function checkLog(question: LogQuestion): readonly Found[] {
  const items = itemsOf(question.log);
  const keys = keysOf(items, question.origin);
  const covers = coversOf(items);
  const isCovered = (at: number, by: number): boolean =>
    covers.some((one) => one.by.at < by && one.bodies.includes(at));
  const { held = [], vkeys = [] } = question;
  return inOrder([
    ...checkItems(items),
    ...checkIndexes(items),
    ...checkPrevs(items),
    ...checkTimes(items),
    ...checkIds(items),
    ...checkControls(items, isCovered),
    ...checkGenesis(items, question.origin),
    ...checkParts(items),
    ...checkRegisters(items),
    ...checkSources(items),
    ...checkPruning(items),
    ...keys.found,
    ...checkHeads(items, keys, { checkpoints: question.log.checkpoints, held, vkeys }),
    ...checkFreshness(items, question),
  ]);
}

function checkFreshness(items: readonly Item[], { now, staleAfter }: LogQuestion): readonly Found[] {
  const clock = msOf(now ?? '');
  const last = items.findLast((item) => recordedOf(item) !== undefined);
  if (clock === undefined || last === undefined) return [];
  const recorded = recordedOf(last) ?? 0;
  const beat = items.findLast(({ entry }) => entry?.['kind'] === 'heartbeat');
  const deadline = msOf(textOf(beat?.entry?.['next'])) ?? Number.POSITIVE_INFINITY;
  const isOld = staleAfter !== undefined && recorded + staleAfter < clock;
  const isOverdue = deadline < clock && recorded <= deadline;
  return isOld || isOverdue ? [{ code: 'stale', index: items.length - 1 }] : [];
}
